// Two small things Streamlit's front end does not know by itself: where its server is, and its own words in Chinese.

// Without this it probes every part of the address for its server and leaves two 404s in the console.
window.__streamlit = { BACKEND_BASE_URL: window.location.origin, MAIN_PAGE_BASE_URL: window.location.origin };
window.prerenderReady = false;

(() => {
  const WORDS = {
    "Skip to main content": "跳到正文", "Sidebar": "侧栏", "Collapse sidebar": "收起侧栏", "Expand sidebar": "展开侧栏",
    "App pages": "页面", "Open": "展开选项", "Clear value": "清除", "Clear entry": "清除", "Clear all": "全部清除",
    "Choose an option": "请选择", "Choose options": "请选择", "No results": "没有符合的选项", "Select all": "全选",
    "Pagination": "分页", "Previous page": "上一页", "Next page": "下一页", "Close": "关闭", "Dismiss": "关闭",
    "Notifications": "通知", "Main menu": "菜单", "Link to heading": "本节链接", "Search": "查找", "search": "查找",
    "Connecting": "正在连接", "Connecting to Streamlit server": "正在连接服务器", "Please wait...": "请稍候…",
    "Running...": "正在处理…", "Stop": "停止", "Connection error": "连接中断", "Page not found": "没有这个页面",
    "Something went wrong": "页面出错了",
  };
  const PATTERNS = [
    [/^Page (\d+)$/, "第 $1 页"], [/^(\d+) options? available\.?$/, "$1 个选项"], [/^(.+), selected\.?$/, "已选：$1"],
    [/^Add: (.*)$/s, "就用：$1"],
    [/^Is Streamlit still running\?.*/s, "服务器没有应答。请稍后刷新；仍不行时联系管理员。"],
  ];
  const NAMED = ["aria-label", "title", "placeholder"];

  const inChinese = (text) => {
    const bare = text.trim();
    if (!/[A-Za-z]/.test(bare)) return null;
    if (Object.hasOwn(WORDS, bare)) return WORDS[bare];
    const found = PATTERNS.find(([pattern]) => pattern.test(bare));
    return found ? bare.replace(found[0], found[1]) : null;
  };
  const translate = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      // Icons are drawn by a font from their English names: those stay.
      if (node.parentElement?.closest("[data-testid='stIconMaterial'], .stHtml, code")) return;
      const said = inChinese(node.data);
      if (said !== null) node.data = said;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of NAMED) {
        const said = node.hasAttribute(name) ? inChinese(node.getAttribute(name)) : null;
        if (said !== null) node.setAttribute(name, said);
      }
      node.childNodes.forEach(translate);
    }
  };

  let focused = "";
  const focusSearch = () => {
    const field = document.querySelector(".st-key-q input");
    if (field && focused !== window.location.pathname && document.activeElement === document.body && !field.value) field.focus();
    if (field || document.querySelector(".xj-title")) focused = window.location.pathname;
  };

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else translate(change.target);
    }
    focusSearch();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMED });
})();
