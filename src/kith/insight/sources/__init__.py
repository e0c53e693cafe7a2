"""What the facts came from, and so what they can and cannot tell."""

from kith.insight.sources.sources import Sources, Whole, sources_of_returns, whole_source

__all__ = ["Sources", "Whole", "sources_of_returns", "whole_source"]
