"""Prior and posterior as the terminal shows them to the board, always beside each other."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from antigone.casework.board import BoardView

SHOWN = 20


def percent(share: float) -> str:
    """A share in %, which never says 0 or 100 of what is only nearly so."""
    if share < 0.0001:
        return "below 0.01 %"
    return "above 99.9 %" if share > 0.999 else f"{100 * share:.2f} %" if share < 0.1 else f"{100 * share:.1f} %"


def show(view: BoardView) -> None:
    """Print the leads with prior and posterior, the rest of the list as one row, and "none of these"."""
    console = Console(highlight=False, soft_wrap=True, markup=False)
    prior = view.posterior.prior
    console.print(f"Case {view.case}, searched {view.searched_at}. For the board alone.")
    if view.exercise:
        console.print(view.exercise)
    console.print(f"{str(prior)[0].upper()}{str(prior)[1:]}.")
    table = Table(box=None, pad_edge=False)
    for name in ("rank", "reference", "score", "log10 LR", "prior", "posterior"):
        table.add_column(name, justify="left" if name == "reference" else "right", overflow="fold")
    shares = view.posterior.shares
    for lead, share in list(zip(view.leads, shares, strict=True))[:SHOWN]:
        ratio = "—" if lead.log10_lr is None else f"{lead.log10_lr:+.1f}"
        cells = [str(lead.rank), lead.person_ref, f"{lead.score:.3f}", ratio, percent(prior.each), percent(share)]
        table.add_row(*cells)
    rest = len(view.leads) - SHOWN
    if rest > 0:
        table.add_row("", f"{rest} more", "", "", percent(rest * prior.each), percent(sum(shares[SHOWN:])))
    table.add_row("", "none of these", "", "", percent(view.none_before), percent(view.posterior.none_of_these))
    console.print(table)
    for why in dict.fromkeys(sentence for lead in view.leads for sentence in lead.why):
        console.print(f"—  {why}")
    for note in view.notes:
        console.print(f"Note: {note}")
