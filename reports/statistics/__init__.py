"""The reports of F205, by the name they have in addresses."""

from reports.statistics import plans_per_coordinator
from reports.statistics.report import Report

REPORTS: dict[str, Report] = {report.name: report for report in (plans_per_coordinator.REPORT,)}
