"""What the interviewer says and when: answers, follow-ups, predictions, hints, remarks on pad and board."""
