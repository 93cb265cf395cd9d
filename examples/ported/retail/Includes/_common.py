# Databricks notebook source
import os
import re

# Every reader of the examples has tables of their own.
username = spark.sql("SELECT current_user()").first()[0]
clean_username = re.sub("[^a-zA-Z0-9]", "_", username.split("@")[0])

class Paths:
    def __init__(self, folder):
        self.source = folder
        self.files = f"file:{folder}"
        self.working = f"dbfs:/user/{clean_username}/retail"

# COMMAND ----------

def path_exists(path):
    try:
        return len(dbutils.fs.ls(path)) >= 0
    except Exception as e:
        if "FileNotFoundException" in str(e):
            return False
        raise
