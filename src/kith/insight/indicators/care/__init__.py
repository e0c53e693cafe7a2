"""Children in care: who they are, who comes and who leaves."""
