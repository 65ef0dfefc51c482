"""What a plan rests on, and the consent to it: for those who ask, those who answer, and those who only want to know."""
