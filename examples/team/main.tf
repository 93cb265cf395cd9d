# A team on Slipway: people in groups, what they may do, a second workspace, a program with a secret of its own.
#
#   terraform init && terraform apply
#
# `./slipway up` has written the profile that the first provider reads; README "With others" says how the server gets its address.
terraform {
  required_providers {
    databricks = {
      source = "databricks/databricks"
    }
  }
}

variable "host" {
  description = "Address of the first workspace, for instance https://slipway.example.com"
  type        = string
}

variable "account_host" {
  description = "Address of the account: accounts, below the domain of the server, for instance https://accounts.example.com"
  type        = string
}

variable "account_id" {
  description = "Id of the account, as `curl $host/.well-known/databricks-config` tells"
  type        = string
}

variable "token" {
  description = "A token of an admin of the account"
  type        = string
  sensitive   = true
}

provider "databricks" {
  host  = var.host
  token = var.token
}

provider "databricks" {
  alias      = "account"
  host       = var.account_host
  account_id = var.account_id
  token      = var.token
}

# --- People -------------------------------------------------------------------------------------------------------------

locals {
  people = {
    ada     = "analysts"
    bela    = "analysts"
    chandra = "seniors"
    dina    = "engineers"
    emre    = "engineers"
  }
}

resource "databricks_user" "person" {
  for_each     = local.people
  user_name    = "${each.key}@example.com"
  display_name = title(each.key)
}

resource "databricks_group" "team" {
  for_each              = toset(["analysts", "seniors", "engineers"])
  display_name          = each.key
  workspace_access      = true
  databricks_sql_access = true
  allow_cluster_create  = each.key == "engineers"
}

resource "databricks_group_member" "person" {
  for_each  = local.people
  group_id  = databricks_group.team[each.value].id
  member_id = databricks_user.person[each.key].id
}

# Seniors are analysts too.
resource "databricks_group_member" "seniors" {
  group_id  = databricks_group.team["analysts"].id
  member_id = databricks_group.team["seniors"].id
}

# --- What they may do ---------------------------------------------------------------------------------------------------

data "databricks_spark_version" "latest" {}

data "databricks_node_type" "small" {
  local_disk = true
}

resource "databricks_cluster" "shared" {
  cluster_name            = "shared"
  spark_version           = data.databricks_spark_version.latest.id
  node_type_id            = data.databricks_node_type.small.id
  autotermination_minutes = 20
  num_workers             = 1
  no_wait                 = true
}

resource "databricks_permissions" "shared" {
  cluster_id = databricks_cluster.shared.id
  access_control {
    group_name       = databricks_group.team["analysts"].display_name
    permission_level = "CAN_RESTART"
  }
}

resource "databricks_directory" "reports" {
  path = "/Reports"
}

resource "databricks_permissions" "reports" {
  directory_path = databricks_directory.reports.path
  access_control {
    group_name       = databricks_group.team["analysts"].display_name
    permission_level = "CAN_RUN"
  }
}

resource "databricks_notebook" "report" {
  path     = "${databricks_directory.reports.path}/report"
  language = "PYTHON"
  content_base64 = base64encode(<<-TEXT
    # Databricks notebook source
    key = dbutils.secrets.get("warehouse", "password")
    print("The password has", len(key), "characters:", key)
  TEXT
  )
}

resource "databricks_secret_scope" "warehouse" {
  name = "warehouse"
}

resource "databricks_secret" "password" {
  scope        = databricks_secret_scope.warehouse.name
  key          = "password"
  string_value = var.password
}

variable "password" {
  description = "A secret that the report reads and never shows"
  type        = string
  sensitive   = true
  default     = "correct horse battery staple"
}

resource "databricks_secret_acl" "engineers" {
  scope      = databricks_secret_scope.warehouse.name
  principal  = databricks_group.team["engineers"].display_name
  permission = "READ"
}

resource "databricks_permissions" "tokens" {
  authorization = "tokens"
  access_control {
    group_name       = databricks_group.team["engineers"].display_name
    permission_level = "CAN_USE"
  }
}

# --- A program ----------------------------------------------------------------------------------------------------------

resource "databricks_service_principal" "ci" {
  display_name         = "ci"
  allow_cluster_create = true
}

resource "databricks_service_principal_secret" "ci" {
  provider             = databricks.account
  service_principal_id = databricks_service_principal.ci.id
}

resource "databricks_job" "nightly" {
  name = "nightly report"
  task {
    task_key = "report"
    new_cluster {
      spark_version = data.databricks_spark_version.latest.id
      node_type_id  = data.databricks_node_type.small.id
      num_workers   = 1
    }
    notebook_task {
      notebook_path = databricks_notebook.report.path
    }
  }
  schedule {
    quartz_cron_expression = "0 0 3 * * ?"
    timezone_id            = "UTC"
    pause_status           = "PAUSED"
  }
}

resource "databricks_permissions" "nightly" {
  job_id = databricks_job.nightly.id
  access_control {
    service_principal_name = databricks_service_principal.ci.application_id
    permission_level       = "CAN_MANAGE_RUN"
  }
  access_control {
    group_name       = databricks_group.team["analysts"].display_name
    permission_level = "CAN_VIEW"
  }
}

# --- A workspace for another team ---------------------------------------------------------------------------------------

# Where and how machines of a cloud are made: kept for them, and asked for by Terraform.
resource "databricks_mws_credentials" "machines" {
  provider         = databricks.account
  credentials_name = "machines"
  role_arn         = "arn:aws:iam::123456789012:role/slipway-machines"
}

resource "databricks_mws_storage_configurations" "root" {
  provider                   = databricks.account
  account_id                 = var.account_id
  storage_configuration_name = "root"
  bucket_name                = "research-root"
}

resource "databricks_mws_workspaces" "research" {
  provider        = databricks.account
  account_id      = var.account_id
  workspace_name  = "research"
  deployment_name = "research"
  aws_region      = "us-west-2"

  credentials_id           = databricks_mws_credentials.machines.credentials_id
  storage_configuration_id = databricks_mws_storage_configurations.root.storage_configuration_id
}

resource "databricks_user" "researcher" {
  provider  = databricks.account
  user_name = "fatma@example.com"
  # The account does not forget people: destroy deactivates them, and the next apply finds them there.
  force = true
}

resource "databricks_mws_permission_assignment" "researcher" {
  provider     = databricks.account
  workspace_id = databricks_mws_workspaces.research.workspace_id
  principal_id = databricks_user.researcher.id
  permissions  = ["ADMIN"]
}

output "ci_client_id" {
  value = databricks_service_principal.ci.application_id
}

output "ci_client_secret" {
  value     = databricks_service_principal_secret.ci.secret
  sensitive = true
}

output "research" {
  value = databricks_mws_workspaces.research.workspace_url
}
