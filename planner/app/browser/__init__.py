"""What runs in the browser: bundles that ``npm run build`` makes of the modules beside them."""

from importlib import resources

_FOLDER = resources.files(__name__)


def bundled(component: str) -> str:
    """Return the script of a component, such as ``map``."""
    return _FOLDER.joinpath("dist", f"{component}.js").read_text(encoding="utf-8")


def styles(component: str) -> str:
    """Return the style sheet of a component that has one."""
    return _FOLDER.joinpath(component, f"{component}.css").read_text(encoding="utf-8")
