-- Opens a template in Neovim with the language server, applies an action and saves. PANGEA_* say what with.
local function env(name) return os.getenv('PANGEA_' .. name) end

vim.cmd('edit ' .. env('FILE'))
local client = vim.lsp.start_client({
  name = 'pangea-lustre',
  cmd = { env('NODE'), env('COMMAND'), 'lsp', '--stdio' },
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(0, client)

local function wait(what, done)
  if not vim.wait(30000, done, 20) then error('nothing came: ' .. what) end
end
local told = {}
local function tell(name)
  told[name] = vim.tbl_map(function(each)
    return { line = each.lnum, column = each.col, code = each.code or each.user_data.lsp.code, severity = each.severity }
  end, vim.diagnostic.get(0))
end

wait('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
tell('opened')
local place = vim.diagnostic.get(0)[1]
vim.api.nvim_win_set_cursor(0, { place.lnum + 1, place.col })
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = {} }
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 30000)
for _, action in ipairs(answers[client].result) do
  if action.title == env('ACTION') then
    vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  end
end
wait('no diagnostics', function() return #vim.diagnostic.get(0) == 0 end)
tell('repaired')
vim.cmd('write')
vim.fn.writefile({ vim.fn.json_encode(told) }, env('TOLD'))
vim.cmd('quitall!')
