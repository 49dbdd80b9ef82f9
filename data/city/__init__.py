"""How is a whole synthetic city made? `generate` invents it, `write_city` writes it as ordinary files to be landed.

    city = generate(scale=1, seed=7)
    for each in write_city(city, folder):
        land_file(home, each.path, received_on=each.received_on, backfill=each.backfill, ...)

`growth` conducts; `firms` says who lives there, `latent` how the hidden risk drifts, `events`, `penalties` and `licences`
what happens, `publicity` how long it is published, `registers` and `decisions` how the units report it, `doubts` what they
leave out or cite wrongly, `faults` what they get wrong, `routes` and `files` how it arrives, `settle` how it is landed,
`oracle` how far it can be foreseen. `later` conducts the kinds that came after the first seven: `matters`, `standing`,
`incidents`, `returns`, `works`, `scores`, and the registers and receipts of `lines` and `duties`; `chance` says whom they
befall.
"""

from data.city.files import write_city, write_truth
from data.city.growth import generate
from data.city.model import City, Delivered
from data.city.oracle import oracle_auc

__all__ = ["City", "Delivered", "generate", "oracle_auc", "write_city", "write_truth"]
