"""Small files in the layout of Explore Education Statistics. Every figure in them is invented."""

from pathlib import Path

GEOGRAPHY = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name"
)
ENGLAND = "Reporting year,National,E92000001,England,,,,,"
NORTH_EAST = "Reporting year,Regional,E92000001,England,E12000001,North East,,,"
HARTLEPOOL = "Reporting year,Local authority,E92000001,England,E12000001,North East,805,E06000001,Hartlepool"
CUMBERLAND = "Reporting year,Local authority,E92000001,England,E12000002,North West,942,E06000063,Cumberland"
SECTION_47 = "Section 47s and Initial Child Protection Conferences"
ENQUIRIES = (
    f"{GEOGRAPHY},category,Section47,Section47_child,ICPC",
    f"2025,{ENGLAND},{SECTION_47},230000,195000,72000",
    f"2025,{NORTH_EAST},{SECTION_47},13000,11000,5000",
    f"2025,{HARTLEPOOL},{SECTION_47},948,772,c",
    f"2025,{CUMBERLAND},{SECTION_47},1044,949,441",
    f"2024,{ENGLAND},{SECTION_47},224000,190000,71000",
    f"2024,{HARTLEPOOL},{SECTION_47},901,,300",
)
NUMBERS = (
    f"{GEOGRAPHY},population_count,population_estimate,number,rate_per_10000",
    f"2025,{ENGLAND},Children looked after at 31 March each year,12000000,81000,68",
    f"2025,{HARTLEPOOL},Children looked after at 31 March each year,20000,330,165",
    f"2025,{HARTLEPOOL},Children starting to be looked after each year,20000,120,60",
)


def write(folder: Path, *lines: str, name: str = "c4_section_47s.csv") -> Path:
    """A file of the lines, each ended."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("\n".join((*lines, "")), encoding="utf-8")
    return path
