// The page: GraphiQL with the documentation open, the examples as tabs, and the query in the address.
import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from '@graphiql/plugin-doc-explorer';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN, HistoryContextProvider } from '@graphiql/plugin-history';
import { GraphiQLProvider, ToolbarButton, useEditorContext, usePluginStore } from '@graphiql/react';
import { GraphiQL, GraphiQLInterface } from 'graphiql';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { addressKeeper, addressOf, readAddress } from './address.js';
import { EXAMPLES_PLUGIN, examples } from './examples.jsx';
import { fetcher } from './fetcher.js';
import { storage } from './storage.js';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './style.css';

const PLUGINS = [DOC_EXPLORER_PLUGIN, explorerPlugin({ showAttribution: false }), EXAMPLES_PLUGIN, HISTORY_PLUGIN];
const CLOSED = 'none';
const PANEL = 'panel';

const asked = readAddress();
const defaultTabs = examples.map(({ query }) => ({ query }));
if (asked.query) defaultTabs.unshift({ query: asked.query, variables: asked.variables });
const panel = storage.getItem(PANEL) ?? DOC_EXPLORER_PLUGIN.title;
const firstPanel = PLUGINS.find(({ title }) => title === panel);
const onTabChange = addressKeeper(examples[0]?.query);
const rememberPanel = (plugin) => storage.setItem(PANEL, plugin ? plugin.title : CLOSED);

/** Copies a link to the active tab. */
function ShareButton() {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true });
  const [copied, setCopied] = useState(false);
  const share = async () => {
    const tab = {
      query: queryEditor.getValue(),
      variables: variableEditor?.getValue(),
      operationName: queryEditor.operationName,
    };
    await navigator.clipboard?.writeText(window.location.origin + addressOf(tab));
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <ToolbarButton label={copied ? 'Copied 已复制' : 'Copy link 复制链接'} onClick={share}>
      <svg className="graphiql-toolbar-icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" aria-hidden="true">
        {copied ? <path d="m3 8.5 3.2 3.2L13 4.8" /> : <path d="M6.7 9.3a2.8 2.8 0 0 0 4 0l2.2-2.2a2.8 2.8 0 0 0-4-4L7.7 4.3M9.3 6.7a2.8 2.8 0 0 0-4 0L3.1 8.9a2.8 2.8 0 0 0 4 4l1.2-1.2" />}
      </svg>
    </ToolbarButton>
  );
}

/** GraphiQL's interface, drawn once the panel to start with is known (it reads that when it is first drawn). */
function Interface() {
  const visible = usePluginStore((state) => state.visiblePlugin);
  const { queryEditor, setOperationName } = useEditorContext({ nonNull: true });
  const [ready, setReady] = useState(!firstPanel);
  useEffect(() => {
    if (visible) setReady(true);
  }, [visible]);
  useEffect(() => {
    if (queryEditor && asked.operationName) setOperationName(asked.operationName);
    // once, when the editor appears: setOperationName changes with every tab
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [queryEditor]);
  if (!ready) return null;
  return (
    <GraphiQLInterface showPersistHeadersSettings={false}>
      <GraphiQL.Logo>
        <span className="mulu-logo">
          <span className="mulu-seal" aria-hidden="true">目</span>
          Mulu 目录
        </span>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <ShareButton />
          </>
        )}
      </GraphiQL.Toolbar>
    </GraphiQLInterface>
  );
}

// The documentation's search says Ctrl K, but listens to the Command key only.
window.addEventListener('keydown', (event) => {
  const search = document.querySelector('.graphiql-doc-explorer-search input');
  if (!search || !event.ctrlKey || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'k') return;
  event.preventDefault();
  event.stopPropagation();
  search.focus();
}, true);

createRoot(document.getElementById('graphiql')).render(
  <GraphiQLProvider
    fetcher={fetcher}
    storage={storage}
    plugins={PLUGINS}
    referencePlugin={DOC_EXPLORER_PLUGIN}
    visiblePlugin={firstPanel}
    onTogglePluginVisibility={rememberPanel}
    defaultTabs={defaultTabs}
    defaultQuery=""
    query={asked.query}
    variables={asked.variables}
    onTabChange={onTabChange}
    inputValueDeprecation
    schemaDescription
  >
    <HistoryContextProvider>
      <DocExplorerContextProvider>
        <Interface />
      </DocExplorerContextProvider>
    </HistoryContextProvider>
  </GraphiQLProvider>,
);
