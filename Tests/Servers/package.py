#!/usr/bin/env python3
"""Validates a Data Package with the standard's own tool. usage: package.py datapackage.json

Prints {"valid": bool, "errors": [...], "rows": {resource: rows}, "metadata": [...]}.
"""
import json
import os
import sys

from frictionless import Package, validate

os.chdir(os.path.dirname(os.path.abspath(sys.argv[1])))
name = os.path.basename(sys.argv[1])
report = validate(name, type="package")
package = Package(name)
print(
    json.dumps(
        {
            "valid": report.valid,
            "errors": [f"{error[0]} {error[1]} {error[2]}" if isinstance(error, list) else str(error) for error in report.flatten(["type", "note", "rowNumber"])],
            "rows": {resource.name: len(resource.read_rows()) for resource in package.resources if resource.path.endswith(".csv")},
        }
    ),
    flush=True,
)
