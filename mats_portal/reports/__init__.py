"""The frame of reports: statistics with their doubt, tables, charts, exports, snapshots."""
