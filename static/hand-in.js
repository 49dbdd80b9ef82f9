// The drop zone of 数据入库: sends each file as it is to the server, says how far it is, and tells the page when it is there.

(() => {
  const LARGEST_MB = 200;
  const REPEAT = "请检查网络后重新上传";
  const waiting = [];
  let sending = false;

  const megabytes = (bytes) => (bytes / 1048576).toFixed(1);
  const line = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const said = document.createElement("span");
    const bar = document.createElement("progress");
    name.textContent = file.name;
    name.className = "xj-drop-name";
    said.className = "xj-muted";
    said.setAttribute("role", "status");
    said.textContent = "等待上传";
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `${file.name} 的上传进度`);
    item.append(name, said, bar);
    document.querySelector(".xj-drop-list")?.append(item);
    return {
      tell: (words, percent) => { said.textContent = words; bar.value = percent; },
      fail: (words) => { said.textContent = words; said.className = "xj-drop-refused"; said.setAttribute("role", "alert"); bar.remove(); },
      done: () => item.remove(),
    };
  };
  const sentence = ({ what, where, todo }) => [where ? `${what}（${where}）` : what, todo].filter(Boolean).join("：");

  const send = ({ file, shown }) => new Promise((ended) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/hand-in");
    request.responseType = "json";
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total }) =>
      shown.tell(`正在上传 ${megabytes(loaded)} / ${megabytes(total)} MB`, total ? (loaded * 100) / total : 0);
    request.onload = () => {
      if (request.status === 200) {
        shown.done();
        document.querySelector(".st-key-arrived button")?.click();
      } else {
        shown.fail(request.response?.what ? sentence(request.response) : `上传没有完成：${REPEAT}`);
      }
      ended();
    };
    // A file that is changed or taken away while it is sent ends here as well.
    request.onerror = request.onabort = () => { shown.fail(`上传没有完成，服务器上没有留下任何内容：${REPEAT}`); ended(); };
    request.send(file);
  });

  const work = async () => {
    if (sending) return;
    sending = true;
    while (waiting.length) await send(waiting.shift());
    sending = false;
  };
  const take = (files) => {
    for (const file of files) {
      const shown = line(file);
      if (file.size > LARGEST_MB * 1048576)
        shown.fail(`文件超过 ${LARGEST_MB} MB（${megabytes(file.size)} MB）：请拆成几个文件上传，或请管理员在服务器上用 land 命令入库`);
      else waiting.push({ file, shown });
    }
    work();
  };

  const zone = (event) => (event.target instanceof Element ? event.target.closest(".xj-drop") : null);
  const carriesFiles = (event) => Array.from(event.dataTransfer?.types ?? []).includes("Files");
  document.addEventListener("change", (event) => {
    if (event.target.id !== "xj-files") return;
    take(Array.from(event.target.files));
    event.target.value = "";
  });
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event) || !document.querySelector(".xj-drop")) return;
    event.preventDefault(); // a file dropped beside the zone must not replace the page
    event.dataTransfer.dropEffect = zone(event) ? "copy" : "none";
    document.querySelector(".xj-drop").classList.toggle("xj-drop-over", Boolean(zone(event)));
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.querySelector(".xj-drop")?.classList.remove("xj-drop-over");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event) || !document.querySelector(".xj-drop")) return;
    event.preventDefault();
    document.querySelector(".xj-drop").classList.remove("xj-drop-over");
    if (zone(event)) take(Array.from(event.dataTransfer.files));
  });
  window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
})();
