"""A drawing under load: its boxes as queues and servers, its flows as requests, and boxes that die."""
