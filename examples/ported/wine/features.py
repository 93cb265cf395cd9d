"""Features that the notebook and the functions on the executors share."""

import pandas as pd


def add_ratios(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds what a chemist would ask for: how much of the phenols are flavanoids, and colour by alcohol."""
    return frame.assign(
        flavanoid_share=frame["flavanoids"] / frame["total_phenols"],
        colour_by_alcohol=frame["color_intensity"] / frame["alcohol"],
    )
