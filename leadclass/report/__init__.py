"""What a person reads or opens elsewhere: the terminal's table, files of rows, explanations and figures."""
