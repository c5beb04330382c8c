"""Files from elsewhere, brought into the register."""
