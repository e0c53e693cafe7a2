"""The first player of the diary: folds its acts into the dataset's frames, and those into returns.

The record plays the same acts through its services; both extracts have to be equal (D12).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.facts import return_of
from kith.dataset.facts_cin import FORMER_UPN
from kith.dataset.returns import Return
from kith.dataset.schema import fill_out, schema_of
from kith.dataset.writers.cin_xml import write_cin_xml
from kith.dataset.writers.ssda903_csv import write_903_csv
from kith.invented.authority import Authority
from kith.invented.diary import Act
from kith.invented.rooms import Rows, every_room
from kith.invented.story import return_year
from kith.invented.workers import Worker

Row = dict[str, Any]
_WORDS = {True: "Y", False: "N"}


def dataset_of(authority: Authority) -> Dataset:
    """The diary of an invented authority as a dataset, with its workers and teams."""
    fold = _Fold(authority.workers)
    for act in authority.diary:
        fold.play(act)
    for team in authority.teams:
        fold.add("ssd_department", dept_team_id=team.name, dept_team_name=team.name)
    for worker in authority.workers:
        fold.add(
            "ssd_professionals",
            prof_professional_id=_id_of(worker),
            prof_staff_id=worker.key,
            prof_professional_name=worker.name,
            prof_social_worker_registration_no=worker.registration or None,
            prof_professional_job_title=worker.role,
            prof_professional_department=worker.team,
        )
    return fold.dataset()


def _id_of(worker: Worker) -> str:
    return worker.registration or worker.key


def fold(diary: Iterable[Act]) -> Dataset:
    """The acts as a dataset: what is true after the last of them, but for who decided."""
    folded = _Fold(())
    for act in diary:
        folded.play(act)
    return folded.dataset()


def returns_of(authority: Authority, dataset: Dataset | None = None) -> Iterator[Return]:
    """The SSDA903 and the CIN census of each of the authority's whole years, first to last."""
    facts = dataset or dataset_of(authority)
    for year in range(authority.first_year, authority.last_year + 1):
        yield return_of(facts, "903", year, authority.code)
        yield return_of(facts, "cin", year, authority.code)


def write_returns(authority: Authority, folder: Path) -> list[Path]:
    """Write the returns, a folder for each year's 903 (`903_2026`) and a file for each census."""
    written: list[Path] = []
    for return_ in returns_of(authority):
        if return_.kind == "903":
            written += write_903_csv(return_, folder / f"903_{return_.year}")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            written.append(write_cin_xml(return_, folder / f"cin_{return_.year}.xml"))
    return written


def _in_no_table(rows: Rows, act: Act) -> None:
    """An act that no table of the dataset tells of."""


_OF_ROOMS: dict[str, Callable[[Rows, Act], None]] = {
    name: room.fold.get(name, _in_no_table) for room in every_room() for name in room.acts
}


class _Fold:
    """Rows by table, with those still open at hand so that a later act can end them."""

    def __init__(self, workers: Iterable[Worker]) -> None:
        self._workers = {worker.key: worker for worker in workers}
        self._by = ""  # the key of whoever does the act
        self._rows: dict[str, list[Row]] = {}
        self.named: dict[str, Row] = {}
        self._people: dict[str, Row] = {}
        self._open: dict[tuple[str, str], Row] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def play(self, act: Act) -> None:
        """Fold one act in; the method of its name does it, or its room's own."""
        self._by = act.by
        if act.act in _OF_ROOMS:
            _OF_ROOMS[act.act](self, act)
        else:
            getattr(self, f"_{act.act}")(act.person, act.on, act.facts)

    def add(self, table: str, **row: Any) -> Row:
        """One more row of a table."""
        self._rows.setdefault(table, []).append(row)
        return row

    def dataset(self) -> Dataset:
        """Everything folded in so far."""
        frames = {}
        for table, rows in self._rows.items():
            kinds = schema_of(table)
            names = list(dict.fromkeys(name for row in rows for name in row))
            columns = [pl.Series(name, [row.get(name) for row in rows], dtype=kinds[name]) for name in names]
            frames[table] = fill_out(table, pl.DataFrame(columns))
        return Dataset(frames)

    def number(self, person: str, table: str) -> str:
        """A row id: the person, and how many rows of the table they have."""
        count = self._counts[person, table] = self._counts.get((person, table), 0) + 1
        return f"{person}|{count}"

    def start(self, person: str, what: str, row: Row) -> None:
        self._open[person, what] = row

    def end(self, person: str, what: str, **changes: Any) -> None:
        row = self._open.pop((person, what), None)
        if row is not None:
            row.update(changes)

    def _who(self, worker: str, team: str) -> Row:
        """These two columns with who does the act, and their team."""
        by = self._workers.get(self._by)
        return {worker: _id_of(by), team: by.team} if by else {}

    # Who people are.

    def _register_person(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self._people[person] = self.add(
            "ssd_person",
            pers_person_id=person,
            pers_legacy_id=person if facts["is_child"] else None,
            pers_forename=facts["given_names"] or None,
            pers_surname=facts["family_name"] or None,
            pers_sex=facts["sex"],
            pers_ethnicity=facts["ethnicity"],
            pers_dob=facts["date_of_birth"],
            pers_expected_dob=facts["expected_date_of_birth"],
            pers_death_date=None,
            pers_upn=facts["upn"],
            pers_upn_unknown=facts["upn_unknown"],
        )
        self._name(person, facts["given_names"], facts["family_name"], None)
        for code in facts["disabilities"]:
            self.add(
                "ssd_disability",
                disa_table_id=f"{person}|{code}",
                disa_person_id=person,
                disa_disability_code=code,
            )
        if facts["former_upn"]:
            self.add(
                "ssd_linked_identifiers",
                link_table_id=f"{person}|former_upn",
                link_person_id=person,
                link_identifier_type=FORMER_UPN,
                link_identifier_value=facts["former_upn"],
            )

    def _name(self, person: str, given: str, family: str, start: date | None) -> None:
        """The legal name, which ssd_person tells; it is a row of its own once it is a previous one."""
        name = {"kith_forename": given or None, "kith_surname": family or None, "kith_start_date": start}
        self.start(person, "name", name)

    def _record_birth(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self._people[person].update(
            pers_dob=facts["date_of_birth"],
            pers_expected_dob=None,
            pers_sex=facts["sex"],
            pers_forename=facts["given_names"],
            pers_surname=facts["family_name"],
        )
        self._open[person, "name"].update(
            kith_forename=facts["given_names"], kith_surname=facts["family_name"]
        )

    def _record_death(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self._people[person]["pers_death_date"] = facts["date_of_death"]

    def _change_name(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "kith_names",
            kith_name_id=self.number(person, "kith_names"),
            kith_person_id=person,
            kith_kind="previous",
            kith_end_date=on,
            **self._open[person, "name"],
        )
        self._name(person, facts["given_names"], facts["family_name"], on)
        self._people[person].update(
            pers_forename=facts["given_names"] or None, pers_surname=facts["family_name"]
        )

    def _record_identifier(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        if facts["kind"] == "upn":
            self._people[person].update(pers_upn=facts["value"], pers_upn_unknown=None)

    def _relate(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        row = self.add(
            "kith_relationships",
            kith_relationship_id=f"{person}|{facts['other']}|{facts['kind']}",
            kith_person_id=person,
            kith_other_person_id=facts["other"],
            kith_kind=facts["kind"],
            kith_start_date=facts["started_on"],
            kith_end_date=None,
            kith_parental_responsibility=facts["has_parental_responsibility"],
        )
        self.start(person, f"{facts['other']} {facts['kind']}", row)

    def _end_relationship(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.end(person, f"{facts['other']} {facts['kind']}", kith_end_date=on)

    def _live_at(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.end(person, facts["kind"], addr_address_end_date=on)
        row = self.add(
            "ssd_address",
            addr_table_id=self.number(person, "ssd_address"),
            addr_person_id=person,
            addr_address_type=facts["kind"],
            addr_address_json=json.dumps({"lines": facts["lines"]}),
            addr_address_postcode=facts["postcode"],
            addr_address_start_date=on,
            addr_address_end_date=None,
        )
        self.start(person, facts["kind"], row)

    # The front door, assessment and protection.

    def _receive_contact(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "ssd_contacts",
            cont_contact_id=facts["reference"],
            cont_person_id=person,
            cont_contact_date=on,
            cont_contact_source_code=facts["source"],
            cont_contact_outcome_json=json.dumps([facts["outcome"]]),
        )

    def _receive_referral(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["reference"]] = self.add(
            "ssd_cin_episodes",
            cine_referral_id=facts["reference"],
            cine_person_id=person,
            cine_referral_date=on,
            cine_cin_primary_need_code=facts["primary_need"],
            cine_referral_source_code=facts["source"],
            cine_referral_nfa=_WORDS[facts["is_no_further_action"]],
            cine_close_date=None,
            cine_close_reason=None,
            **self._who("cine_referral_worker_id", "cine_referral_team"),
        )

    def _close_referral(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["referral"]].update(
            cine_close_date=on,
            cine_close_reason=facts["reason"],
            **self._who("kith_closed_by_worker_id", "kith_closed_by_team"),
        )

    def _start_assessment(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["reference"]] = self.add(
            "ssd_cin_assessments",
            cina_assessment_id=facts["reference"],
            cina_person_id=person,
            cina_referral_id=facts["referral"],
            cina_assessment_start_date=on,
            cina_assessment_auth_date=None,
            kith_review_date=None,
        )

    def _authorise_assessment(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["assessment"]].update(
            cina_assessment_auth_date=on,
            kith_review_date=facts["reviewed_on"],
            cina_assessment_outcome_nfa=_WORDS[facts["is_no_further_action"]],
            **self._who("cina_assessment_worker_id", "cina_assessment_team"),
        )
        self.add(
            "ssd_assessment_factors",
            cinf_table_id=facts["assessment"],
            cinf_assessment_id=facts["assessment"],
            cinf_assessment_factors_json=json.dumps(sorted(facts["factors"])),
            kith_person_id=person,
        )

    def _start_section_47(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["reference"]] = self.add(
            "ssd_s47_enquiry",
            s47e_s47_enquiry_id=facts["reference"],
            s47e_person_id=person,
            s47e_referral_id=facts["referral"],
            s47e_s47_start_date=on,
            s47e_s47_end_date=None,
            kith_conference_target=facts["conference_target_on"],
            kith_conference_not_required=False,
        )

    def _conclude_section_47(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["enquiry"]].update(
            s47e_s47_end_date=on,
            kith_conference_not_required=not facts["is_conference_required"],
            s47e_s47_outcome_json=json.dumps([facts["outcome"]]),
            **self._who("s47e_s47_completed_by_worker_id", "s47e_s47_completed_by_team"),
        )

    def _hold_initial_conference(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "ssd_initial_cp_conference",
            icpc_icpc_id=facts["reference"],
            icpc_person_id=person,
            icpc_referral_id=facts["referral"],
            icpc_s47_enquiry_id=facts["enquiry"],
            icpc_icpc_date=on,
            icpc_icpc_transfer_in=_WORDS[facts["enquiry"] is None],
            icpc_icpc_outcome_cp_flag=_WORDS[facts["is_plan_made"]],
            **self._who("icpc_icpc_worker_id", "icpc_icpc_team"),
        )

    def _start_protection_plan(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["reference"]] = self.add(
            "ssd_cp_plans",
            cppl_cp_plan_id=facts["reference"],
            cppl_person_id=person,
            cppl_referral_id=facts["referral"],
            cppl_icpc_id=facts["conference"],
            cppl_cp_plan_start_date=on,
            cppl_cp_plan_end_date=None,
            cppl_cp_plan_initial_category=facts["category"],
            cppl_cp_plan_latest_category=facts["category"],
            kith_previous_plans=facts["previous_plans"],
        )

    def _hold_plan_review(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "ssd_cp_reviews",
            cppr_cp_review_id=f"{facts['plan']}|{on}",
            cppr_person_id=person,
            cppr_cp_plan_id=facts["plan"],
            cppr_cp_review_date=on,
        )
        self.named[facts["plan"]]["cppl_cp_plan_latest_category"] = facts["category"]

    def _end_protection_plan(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["plan"]]["cppl_cp_plan_end_date"] = on

    def _start_child_in_need_plan(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["reference"]] = self.add(
            "ssd_cin_plans",
            cinp_cin_plan_id=facts["reference"],
            cinp_referral_id=facts["referral"],
            cinp_person_id=person,
            cinp_cin_plan_start_date=on,
            cinp_cin_plan_end_date=None,
            **self._who("cinp_cin_plan_worker_id", "cinp_cin_plan_team"),
        )

    def _end_child_in_need_plan(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["plan"]]["cinp_cin_plan_end_date"] = on

    def _record_pre_proceedings(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "ssd_pre_proceedings",
            prep_table_id=facts["reference"],
            prep_person_id=person,
            kith_referral_id=facts["referral"],
            prep_pre_pro_decision_date=facts["started_on"],
            prep_pre_pro_letter_date=facts["letter_before_proceedings_on"],
            kith_fgdm_offered=facts["is_family_group_meeting_offered"],
            kith_fgdm_held=facts["is_family_group_meeting_held"],
            prep_initial_pre_pro_meeting_date=facts["first_meeting_on"],
            prep_pre_pro_meetings_num=facts["review_meetings"],
            prep_agree_stepdown_issue_date=facts["decided_on"],
            prep_pre_pro_outcome=facts["outcome"],
            kith_court_application_date=facts["court_application_on"],
            prep_care_pro_letter_date=facts["letter_to_start_on"],
        )

    # Care.

    def _start_care(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        period = self.add(
            "kith_periods_of_care",
            kith_period_id=facts["reference"],
            kith_person_id=person,
            kith_start_date=on,
            kith_start_known=True,
            kith_end_date=None,
            kith_end_reason=None,
            kith_need_code=facts["need"],
            kith_home_postcode=facts["home_postcode"],
        )
        self.start(person, "care", period)
        self._legal(person, on, facts["legal_status"])
        self._place(person, on, facts)

    def _legal(self, person: str, on: date, code: str) -> None:
        period = self._open[person, "care"]["kith_period_id"]
        row = self.add(
            "ssd_legal_status",
            lega_legal_status_id=f"{period}|{on}",
            lega_person_id=person,
            lega_legal_status=code,
            lega_legal_status_start_date=on,
            lega_legal_status_end_date=None,
            kith_period_id=period,
        )
        self.start(person, "legal", row)

    def _place(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        period = self._open[person, "care"]["kith_period_id"]
        row = self.add(
            "ssd_cla_placement",
            clap_cla_placement_id=f"{period}|{on}",
            clap_cla_id=period,
            clap_person_id=person,
            clap_cla_placement_start_date=on,
            clap_cla_placement_end_date=None,
            clap_cla_placement_type=facts["placement_type"],
            clap_cla_placement_provider=facts["provider"],
            clap_cla_placement_urn=facts["urn"],
            clap_cla_placement_postcode=facts["postcode"],
            clap_cla_placement_change_reason=None,
            kith_carer=facts["carer"],
        )
        self.start(person, "placement", row)

    def _change_legal_status(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.end(person, "legal", lega_legal_status_end_date=on)
        self._legal(person, on, facts["legal_status"])

    def _place_child(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.end(
            person,
            "placement",
            clap_cla_placement_end_date=on,
            clap_cla_placement_change_reason=facts["change_reason"],
        )
        self._place(person, on, facts)

    def _end_care(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.end(person, "legal", lega_legal_status_end_date=on)
        self.end(person, "placement", clap_cla_placement_end_date=on)
        self.end(person, "care", kith_end_date=on, kith_end_reason=facts["reason"])

    def _hold_care_review(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "ssd_cla_reviews",
            clar_cla_review_id=f"{person}|{on}",
            kith_person_id=person,
            clar_cla_review_date=on,
            clar_cla_review_participation=facts["participation"],
        )

    def _go_missing(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        row = self.add(
            "ssd_missing",
            miss_table_id=f"{person}|{on}",
            miss_person_id=person,
            miss_missing_episode_start_date=on,
            miss_missing_episode_type=facts["kind"],
            miss_missing_episode_end_date=None,
        )
        self.start(person, "missing", row)

    def _return_from_missing(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.end(person, "missing", miss_missing_episode_end_date=on)

    def _record_health_year(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "kith_health_years",
            kith_health_year_id=f"{person}|{facts['year']}",
            kith_person_id=person,
            **{f"kith_{name}": value for name, value in facts.items()},
        )

    def _record_motherhood(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "kith_motherhood",
            kith_motherhood_id=f"{person}|{facts['year']}",
            kith_person_id=person,
            kith_year=facts["year"],
            kith_is_mother=facts["is_mother"],
            kith_child_birth_date=facts["child_born_on"],
        )

    def _decide_adoption(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        row = self.add(
            "kith_adoption_decisions",
            kith_adoption_decision_id=f"{person}|{on}",
            kith_person_id=person,
            kith_decision_date=on,
            kith_reversal_date=None,
            kith_reversal_reason=None,
        )
        self.start(person, "adoption decision", row)

    def _reverse_adoption_decision(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.end(person, "adoption decision", kith_reversal_date=on, kith_reversal_reason=facts["reason"])

    def _record_adoption(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "kith_adoptions",
            kith_adoption_id=f"{person}|{return_year(on)}",
            kith_person_id=person,
            kith_year=return_year(on),
            kith_decision_date=facts["decided_on"],
            kith_match_date=facts["matched_on"],
            kith_by_foster_carer=facts["is_by_foster_carer"],
            kith_adopters=facts["adopters"],
            kith_adopters_sex=facts["adopters_sex"],
            kith_adopters_legal_status=facts["adopters_legal_status"],
        )

    def _record_previous_permanence(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "ssd_cla_previous_permanence",
            lapp_table_id=f"{person}|{on}",
            lapp_person_id=person,
            lapp_previous_permanence_option=facts["option"],
            lapp_previous_permanence_la=facts["authority"],
            lapp_previous_permanence_order_date=facts["ordered_on"],
        )

    def _record_unaccompanied(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "ssd_immigration_status",
            immi_immigration_status_id=f"{person}|{on}",
            immi_person_id=person,
            immi_immigration_status="UASC",
            immi_immigration_status_start_date=on,
            immi_immigration_status_end_date=facts["ended_on"],
        )

    def _record_liberty_order(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["reference"]] = self.add(
            "kith_liberty_orders",
            kith_liberty_order_id=facts["reference"],
            kith_person_id=person,
            kith_start_date=on,
            kith_end_date=None,
        )

    def _end_liberty_order(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.named[facts["order"]]["kith_end_date"] = on

    # Who works with the child, and leaving care.

    def _allocate_worker(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.end(person, facts["role"], invo_involvement_end_date=on)
        row = self.add(
            "ssd_involvements",
            invo_involvements_id=self.number(person, "ssd_involvements"),
            invo_person_id=person,
            invo_professional_id=facts["registration"] or facts["worker"],
            invo_professional_role_id=facts["role"],
            invo_professional_team=facts["team"],
            invo_involvement_start_date=on,
            invo_involvement_end_date=None,
            invo_worker_change_reason=facts["change_reason"],
        )
        self.start(person, facts["role"], row)

    def _end_allocation(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.end(person, facts["role"], invo_involvement_end_date=on)

    def _record_care_leaver_year(self, person: str, on: date, facts: Mapping[str, Any]) -> None:
        self.add(
            "kith_care_leaver_years",
            kith_care_leaver_year_id=f"{person}|{facts['year']}",
            kith_person_id=person,
            **{f"kith_{name}": value for name, value in facts.items()},
        )
