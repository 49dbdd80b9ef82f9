"""models score: estimators, features, splits and evaluation. Imports only `data`."""
