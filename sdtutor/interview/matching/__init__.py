"""What a candidate's words mean: phrases by word stems, with denials, questions and mere lists seen."""
