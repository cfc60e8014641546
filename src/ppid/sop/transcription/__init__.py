"""From an SOP sheet as typed or scanned to a draft of the SOP file; what is guessed is named."""
