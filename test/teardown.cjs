const { remove } = require('./temporary-folder.cjs');

module.exports = remove;
