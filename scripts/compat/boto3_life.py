"""Whole lives against a local FSx with boto3: AWS_ENDPOINT_URL_FSX says where it is. Run by `make compat`."""

import time

import boto3
from botocore.exceptions import ClientError

fsx = boto3.client("fsx")
SUBNET = "subnet-0123456789abcdef0"


def wait(describe, wanted, seconds=60):
    """Asks until a state is there; any state that cannot lead to it ends in an error."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state = describe()
        if state == wanted:
            return
        assert state not in ("FAILED", "MISCONFIGURED"), state
        time.sleep(0.2)
    raise AssertionError(f"{wanted} has not come")


def file_system(fs):
    return fsx.describe_file_systems(FileSystemIds=[fs])["FileSystems"][0]


def refused(code, call, **members):
    try:
        call(**members)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return
    raise AssertionError(f"{code} was expected of {members}")


def created(**configuration):
    made = fsx.create_file_system(
        FileSystemType="LUSTRE",
        StorageCapacity=1200,
        SubnetIds=[SUBNET],
        LustreConfiguration=configuration,
    )["FileSystem"]["FileSystemId"]
    wait(lambda: file_system(made)["Lifecycle"], "AVAILABLE")
    return made


def association_and_task():
    fs = created(DeploymentType="PERSISTENT_2", PerUnitStorageThroughput=125)
    dra = fsx.create_data_repository_association(
        FileSystemId=fs,
        FileSystemPath="/data",
        DataRepositoryPath="s3://bucket/data",
        S3={"AutoImportPolicy": {"Events": ["NEW", "CHANGED", "DELETED"]}},
    )["Association"]["AssociationId"]

    def association():
        found = fsx.describe_data_repository_associations(AssociationIds=[dra])
        return found["Associations"][0]["Lifecycle"]

    wait(association, "AVAILABLE")
    refused("BadRequest", fsx.create_backup, FileSystemId=fs)
    task = fsx.create_data_repository_task(
        FileSystemId=fs, Type="EXPORT_TO_REPOSITORY", Paths=["data"], Report={"Enabled": False}
    )["DataRepositoryTask"]["TaskId"]
    refused("BadRequest", fsx.delete_file_system, FileSystemId=fs)

    def state_of_task():
        return fsx.describe_data_repository_tasks(TaskIds=[task])["DataRepositoryTasks"][0]["Lifecycle"]

    wait(state_of_task, "SUCCEEDED")
    refused("DataRepositoryTaskEnded", fsx.cancel_data_repository_task, TaskId=task)
    fsx.delete_data_repository_association(AssociationId=dra)
    fsx.delete_file_system(FileSystemId=fs)


def backup_and_copy():
    fs = created(DeploymentType="PERSISTENT_1", PerUnitStorageThroughput=50)
    backup = fsx.create_backup(FileSystemId=fs)["Backup"]["BackupId"]

    def state_of(each):
        return fsx.describe_backups(BackupIds=[each])["Backups"][0]["Lifecycle"]

    wait(lambda: state_of(backup), "AVAILABLE")
    copy = fsx.copy_backup(SourceBackupId=backup)["Backup"]["BackupId"]
    wait(lambda: state_of(copy), "AVAILABLE")
    restored = fsx.create_file_system_from_backup(BackupId=copy, SubnetIds=[SUBNET])["FileSystem"]
    assert restored["StorageCapacity"] == 1200
    fsx.delete_file_system(FileSystemId=fs)


def csi_driver():
    """What the FSx for Lustre CSI driver calls: create, describe, grow, look for the action, delete."""
    fs = created(DeploymentType="SCRATCH_2")
    fsx.update_file_system(FileSystemId=fs, StorageCapacity=2400)
    refused("BadRequest", fsx.update_file_system, FileSystemId=fs, StorageCapacity=4800)

    def action():
        actions = file_system(fs).get("AdministrativeActions", [])
        growth = [each for each in actions if each["AdministrativeActionType"] == "FILE_SYSTEM_UPDATE"]
        return growth[0]["Status"] if growth else "not shown yet"

    wait(action, "UPDATED_OPTIMIZING")
    assert file_system(fs)["StorageCapacity"] == 2400
    fsx.delete_file_system(FileSystemId=fs)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            file_system(fs)
        except fsx.exceptions.FileSystemNotFound:
            return
        time.sleep(0.2)
    raise AssertionError("it is still there")


def parallel_cluster():
    """What AWS ParallelCluster asks about a file system that it is to mount."""
    fs = created(DeploymentType="SCRATCH_2")
    seen = file_system(fs)
    assert seen["FileSystemType"] == "LUSTRE" and seen["DNSName"].startswith(fs)
    assert seen["SubnetIds"] == [SUBNET] and seen["NetworkInterfaceIds"]
    assert seen["LustreConfiguration"]["MountName"]
    refused("FileCacheNotFound", fsx.describe_file_caches, FileCacheIds=["fc-0123456789abcdef0"])
    refused("VolumeNotFound", fsx.describe_volumes, VolumeIds=["fsvol-0123456789abcdef0"])
    refused("BackupNotFound", fsx.describe_backups, BackupIds=["backup-0123456789abcdef0"])
    fsx.delete_file_system(FileSystemId=fs)


def inventory():
    """What a tool that looks through all of FSx calls."""
    for operation, lists in {
        "describe_file_systems": "FileSystems",
        "describe_backups": "Backups",
        "describe_data_repository_associations": "Associations",
        "describe_data_repository_tasks": "DataRepositoryTasks",
        "describe_volumes": "Volumes",
        "describe_file_caches": "FileCaches",
        "describe_snapshots": "Snapshots",
        "describe_storage_virtual_machines": "StorageVirtualMachines",
        "describe_s3_access_point_attachments": "S3AccessPointAttachments",
    }.items():
        call, found, token = getattr(fsx, operation), [], {}
        while token is not None:
            page = call(MaxResults=2, **token)
            found += page[lists]
            token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
        assert isinstance(found, list)


for life in (association_and_task, backup_and_copy, csi_driver, parallel_cluster, inventory):
    life()
    print(f"  {life.__name__}", flush=True)
