@echo off
rem The command of NoProp Lab in terminals of VS Code: it runs on the runtime of VS Code, which the extension names, else on node.
setlocal
set ELECTRON_RUN_AS_NODE=1
if not defined NOPROP_RUNTIME set NOPROP_RUNTIME=node
"%NOPROP_RUNTIME%" "%~dp0..\dist\cli.js" %*
