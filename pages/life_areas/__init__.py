"""The six life areas (F63-F68): how things are, and what has been mapped of resources, needs and adaptation."""
