"""An England that never was, child by child, with the published totals of 2019-20."""

from kith.invented.england.apportion import MarginsDisagree
from kith.invented.england.whole import InventedEngland

__all__ = ["InventedEngland", "MarginsDisagree"]
