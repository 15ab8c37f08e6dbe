"""Reading sheets: registered catalogues and demand lists, under the headings of the national guideline."""
