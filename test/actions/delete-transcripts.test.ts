/** Deletions, whole: what FSx is asked, what CloudFormation is told in between, and how it ends. */
import type { FileSystem } from '@aws-sdk/client-fsx';
import { remove } from '../../src/actions/delete';
import { PROPERTIES, refusal } from './fake-fsx';
import {
  at,
  broken,
  bug,
  busy,
  denied,
  lost,
  no,
  NOW,
  playEach,
  shows,
  to,
  without,
  young,
} from './scene';

const task = refusal('InvalidRequest', 'FSx: A data repository task is EXECUTING.');

playEach({
  'a bug: at a deletion': { action: remove, describe: [{}], delete: [bug] },
  'delete: one': {
    action: remove,
    describe: [{}, { Lifecycle: 'DELETING' }, undefined],
    delete: [undefined],
  },
  'delete: one of scratch': {
    action: remove,
    describe: [{ LustreConfiguration: { DeploymentType: 'SCRATCH_2' } }, undefined],
    delete: [undefined],
  },
  'delete: one that somebody deletes': {
    action: remove,
    describe: [{ Lifecycle: 'DELETING' }, undefined],
  },
  'delete: one that is gone at the call': {
    action: remove,
    describe: [{}, undefined],
    delete: [refusal('NotFound')],
  },
  'delete: denied': { action: remove, describe: [{}], delete: [denied] },
  'delete: denied, of one that is broken': {
    action: remove,
    describe: [{ Lifecycle: 'FAILED' }],
    delete: [denied],
  },
  'delete: refused while it is being deleted': {
    action: remove,
    describe: [{}, { Lifecycle: 'DELETING' }, undefined],
    delete: [no],
  },
  'delete: refused in words of a deletion': {
    action: remove,
    describe: [{}, {}, undefined],
    delete: [refusal('InvalidRequest', 'It is being deleted.')],
  },
  'delete: accepted, then refused': {
    action: remove,
    describe: [{}, {}, {}, undefined],
    delete: [undefined, no],
  },
  'delete: while busy': {
    action: remove,
    describe: [busy, {}, undefined],
    delete: [no, undefined],
  },
  'delete: lost': { action: remove, describe: [{}, undefined], delete: [lost] },
  'delete: with a mistake of ours': { action: remove, describe: [{}], delete: [broken] },
  'delete: one that is never deleted': { action: remove, describe: [{}], delete: [undefined] },
  'delete: one that is created, with a backup': {
    action: remove,
    describe: [{ Lifecycle: 'CREATING' }, { Lifecycle: 'CREATING' }, {}, undefined],
    delete: [no, 'backup-1'],
    ...to({ SkipFinalBackup: 'false' }),
  },
  'delete: one that is created, with a backup, after it was busy': {
    action: remove,
    describe: [busy, ...Array<Partial<FileSystem>>(5).fill({ Lifecycle: 'CREATING' }), undefined],
    delete: [no, no, no, undefined],
    request: {
      desired: { ...PROPERTIES, SkipFinalBackup: 'false' },
      callback: { begun: NOW, waited: 300, finalBackup: {} },
    },
  },
  'delete: refused, of one that is gone': {
    action: remove,
    describe: [{}, undefined],
    delete: [no],
  },
  'delete: refused, while an update is pending': {
    action: remove,
    describe: [
      shows({ ...at(-5), Status: 'PENDING' }),
      shows({ ...at(-5), Status: 'COMPLETED' }),
      undefined,
    ],
    delete: [no, undefined],
  },
  'delete: while a task runs': {
    action: remove,
    describe: [{}, {}, undefined],
    delete: [task, undefined],
    request: { callback: { begun: NOW - 60_000 } },
  },
  'delete: while a task runs on and on': { action: remove, describe: [{}], delete: [task] },
  'delete: while a backup is made': {
    action: remove,
    describe: [{}, {}, undefined],
    delete: [refusal('InvalidRequest', 'FSx: Backup under way.'), undefined],
  },
  'delete: a tag whose key is that of a task': {
    action: remove,
    describe: [{}, undefined],
    delete: [refusal('InvalidRequest', 'FSx: Tag key task is reserved.'), 'backup-1'],
    ...to({ SkipFinalBackup: 'false', FinalBackupTags: [{ Key: 'task', Value: 'b' }] }),
  },
  'delete: with a backup, and credentials that have expired': {
    action: remove,
    describe: [{}],
    delete: [refusal('InvalidCredentials', 'FSx: Expired.')],
    ...to({ SkipFinalBackup: 'false' }),
  },
  'delete: refused, of one that is created, without a backup': {
    action: remove,
    describe: [{ Lifecycle: 'CREATING' }, { Lifecycle: 'CREATING' }, undefined],
    delete: [no],
  },
  'delete: a quota, of one that is created, with a backup': {
    action: remove,
    describe: [{ Lifecycle: 'CREATING' }],
    delete: [refusal('ServiceLimitExceeded', 'FSx: Too many.')],
    ...to({ SkipFinalBackup: 'false' }),
  },
  'delete: of scratch that is created, with a backup': {
    action: remove,
    describe: [{ Lifecycle: 'CREATING', LustreConfiguration: { DeploymentType: 'SCRATCH_2' } }],
    delete: [undefined],
    ...to({ SkipFinalBackup: 'false' }),
  },
  'delete: without an id': { action: remove, page: [[]], request: without },
  'delete: without an id, with one that it may be': {
    action: remove,
    page: [[young], []],
    request: without,
  },
  'delete: without an id, with one that is listed late': {
    action: remove,
    page: [[], [young]],
    request: without,
  },
  'delete: without an id, and FSx cannot be asked': {
    action: remove,
    page: [denied],
    request: without,
  },
  'delete: without an id, and FSx can be asked late': {
    action: remove,
    page: [denied, [young]],
    request: without,
  },
  'delete: without an id or subnet': { action: remove, request: { desired: {} } },
  'delete: with an id that is none': {
    action: remove,
    request: { desired: { ...PROPERTIES, FileSystemId: 'fs-x' } },
  },
});
