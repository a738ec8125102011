# A file system with an association, by Terraform's AWS provider. The endpoint comes from AWS_ENDPOINT_URL_FSX.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "chunk_size" {
  type    = number
  default = 256
}

resource "aws_fsx_lustre_file_system" "test" {
  storage_capacity            = 1200
  subnet_ids                  = ["subnet-0123456789abcdef0"]
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125

  log_configuration {
    level       = "WARN_ERROR"
    destination = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/compat"
  }
}

resource "aws_fsx_data_repository_association" "test" {
  file_system_id           = aws_fsx_lustre_file_system.test.id
  data_repository_path     = "s3://dataset"
  file_system_path         = "/test"
  imported_file_chunk_size = var.chunk_size

  s3 {
    auto_export_policy {
      events = ["NEW", "CHANGED", "DELETED"]
    }
    auto_import_policy {
      events = ["NEW", "CHANGED", "DELETED"]
    }
  }
}
