// Tells Streamlit's front end where its server is, so that it does not probe every part of the address for it.
window.__streamlit = { BACKEND_BASE_URL: window.location.origin, MAIN_PAGE_BASE_URL: window.location.origin };
window.prerenderReady = false;
