import pytest
from tests.unit.understand.company import LESSONS, NEAR_MISSES

from handdruk.understand import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.train([*LESSONS, *NEAR_MISSES], order_number=r"TH-\d{6}")
