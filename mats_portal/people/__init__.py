"""Who is here: a person, how they sign in, what they may do everywhere."""
