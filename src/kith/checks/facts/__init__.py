"""What is worked out of a return's rows before any rule runs, and what the rules then name as columns.

Each module registers its own; all are loaded with the package.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    if _module.name != "tests":
        import_module(f"{__name__}.{_module.name}")
