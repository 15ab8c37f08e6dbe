"""The domain of Mulu, pure: records, the field table, legal time, identifiers and change sets.

Nothing in this room does I/O, reads a clock or the environment, or knows a driver.
"""
