"""The published access matrix as a file (N25): every cell for those who check, and a page for those who read.

`permissions.access_matrix` asks the policy; nothing here knows what the answer should be.
"""
