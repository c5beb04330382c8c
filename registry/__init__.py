"""The assistant's own register: models, rules and services, without Rasa and without HTTP."""
