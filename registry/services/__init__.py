"""What can be done with the register: one module per concern, plain data in and out.

Each function takes the session first and works inside the caller's transaction.
"""
