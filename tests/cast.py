"""The named cast: each person is made, and put in their office, when a test first names them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property

from goldthread.core.governance.abilities import Role
from goldthread.people.actions import appoint, establish
from goldthread.people.models import Body, Office, User

BEGAN = date(2012, 11, 22)
SET_UP = datetime(2012, 11, 22, 9, 0, tzinfo=UTC)

OFFICES = (
    (Role.COMMISSIONER, "Police and Crime Commissioner"),
    (Role.DEPUTY, "Deputy Police and Crime Commissioner"),
    (Role.CHIEF_EXECUTIVE, "Chief Executive"),
    (Role.MONITORING_OFFICER, "Monitoring Officer"),
    (Role.CHIEF_FINANCE_OFFICER, "Chief Finance Officer"),
    (Role.GOVERNANCE_OFFICER, "Governance Officer"),
    (Role.ANALYST, "Performance Analyst"),
    (Role.CHIEF_CONSTABLE, "Chief Constable"),
    (Role.STAFF_OFFICER, "Staff Officer to the Chief Constable"),
    (Role.PARTNER_LEAD, "Community Safety Partnership Lead"),
    (Role.BOARD_MEMBER, "Board Member"),
    (Role.PANEL_CLERK, "Clerk to the Panel"),
    (Role.PANEL_MEMBER, "Panel Member"),
    (Role.ADMINISTRATOR, "Administrator"),
)

NAMES = {
    Role.COMMISSIONER: "Frances Merrow",
    Role.DEPUTY: "Brian Ellwood",
    Role.CHIEF_EXECUTIVE: "Dorothy Kett",
    Role.MONITORING_OFFICER: "Ines Calloway",
    Role.CHIEF_FINANCE_OFFICER: "Joshua Stukeley",
    Role.GOVERNANCE_OFFICER: "Peter Lode",
    Role.ANALYST: "Miriam Waring",
    Role.CHIEF_CONSTABLE: "Simon Hereward",
    Role.STAFF_OFFICER: "Ruth Denver",
    Role.PARTNER_LEAD: "Aisha Bourne",
    Role.BOARD_MEMBER: "Colin Welney",
    Role.PANEL_CLERK: "Helen Ouse",
    Role.PANEL_MEMBER: "George Wicken",
    Role.ADMINISTRATOR: "Tom Upwell",
}


class Cast:
    """One body with every office, its people, a person from another body, and a resident."""

    @cached_property
    def body(self) -> Body:
        return establish(
            name="Fenshire Police and Crime Commissioner",
            slug="fenshire",
            kind="commissioner",
            starts=BEGAN,
            offices=OFFICES,
            by=None,
            at=SET_UP,
        )

    @cached_property
    def other_body(self) -> Body:
        return establish(
            name="Wealdshire Police and Crime Commissioner",
            slug="wealdshire",
            kind="commissioner",
            starts=BEGAN,
            offices=OFFICES,
            by=None,
            at=SET_UP,
        )

    def office(self, role: Role) -> Office:
        return self.body.offices.get(role=role)

    def holder(self, role: Role) -> User:
        """The person in an office, appointed when first asked for."""
        email = f"{role.value.replace('_', '.')}@fenshire.example"
        found = User.objects.filter(email=email).first()
        if found is None:
            found = User.objects.create_user(email, NAMES[role])
            appoint(office=self.office(role), user=found, starts=BEGAN, by=None, at=SET_UP)
        return found

    @cached_property
    def commissioner(self) -> User:
        return self.holder(Role.COMMISSIONER)

    @cached_property
    def deputy(self) -> User:
        return self.holder(Role.DEPUTY)

    @cached_property
    def chief_executive(self) -> User:
        return self.holder(Role.CHIEF_EXECUTIVE)

    @cached_property
    def monitoring_officer(self) -> User:
        return self.holder(Role.MONITORING_OFFICER)

    @cached_property
    def chief_finance_officer(self) -> User:
        return self.holder(Role.CHIEF_FINANCE_OFFICER)

    @cached_property
    def governance_officer(self) -> User:
        return self.holder(Role.GOVERNANCE_OFFICER)

    @cached_property
    def analyst(self) -> User:
        return self.holder(Role.ANALYST)

    @cached_property
    def chief_constable(self) -> User:
        return self.holder(Role.CHIEF_CONSTABLE)

    @cached_property
    def staff_officer(self) -> User:
        return self.holder(Role.STAFF_OFFICER)

    @cached_property
    def panel_clerk(self) -> User:
        return self.holder(Role.PANEL_CLERK)

    @cached_property
    def administrator(self) -> User:
        return self.holder(Role.ADMINISTRATOR)

    @cached_property
    def resident(self) -> User:
        """Somebody who can sign in and holds no office anywhere."""
        return User.objects.create_user("resident@example.org", "Nora Fenn")

    @cached_property
    def stranger(self) -> User:
        """The chief executive of another body in the same installation."""
        user = User.objects.create_user("chief.executive@wealdshire.example", "Walter Hurst")
        office = self.other_body.offices.get(role=Role.CHIEF_EXECUTIVE)
        appoint(office=office, user=user, starts=BEGAN, by=None, at=SET_UP)
        return user
