"""What is done to drafts of rulebooks, in a process of its own."""
