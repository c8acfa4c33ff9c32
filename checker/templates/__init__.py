"""Workbooks for those who report: the template to fill in, and what comes back for a filled-in one."""
