"""The report as one self-contained page of HTML, and the index of a folder of them.

============  ==========================================================
``shell``     the frame that every page stands in: style, script, policy
``chart``     a mix as bars with intervals and as table
``overview``  what a reader wants to know first: the mixes
``meeting``   the page of some notes: their mix, then every statement
``index``     the page that leads to the others
``page.*``    the template, the style and the script
============  ==========================================================
"""

from leadclass.report.page.index import write_index
from leadclass.report.page.meeting import write_page
from leadclass.report.page.shell import record_in

__all__ = ["record_in", "write_index", "write_page"]
