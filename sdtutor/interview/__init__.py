"""The mock interview: stages and clock, what the interviewer says, what an answer is worth."""
