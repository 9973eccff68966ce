/** The generators of Grafana's JSON, loaded when a dashboard is wanted: a worker that only tells events needs none. */
export async function loadSdk() {
  const [
    annotationslist,
    bargauge,
    common,
    dashboard,
    piechart,
    prometheus,
    stat,
    statetimeline,
    table,
    timeseries,
  ] = await Promise.all([
    import('@grafana/grafana-foundation-sdk/annotationslist'),
    import('@grafana/grafana-foundation-sdk/bargauge'),
    import('@grafana/grafana-foundation-sdk/common'),
    import('@grafana/grafana-foundation-sdk/dashboard'),
    import('@grafana/grafana-foundation-sdk/piechart'),
    import('@grafana/grafana-foundation-sdk/prometheus'),
    import('@grafana/grafana-foundation-sdk/stat'),
    import('@grafana/grafana-foundation-sdk/statetimeline'),
    import('@grafana/grafana-foundation-sdk/table'),
    import('@grafana/grafana-foundation-sdk/timeseries'),
  ]);
  return {
    annotationslist,
    bargauge,
    common,
    dashboard,
    piechart,
    prometheus,
    stat,
    statetimeline,
    table,
    timeseries,
    /** Of every panel and query: whichever the reader chose. */
    datasource: { type: 'prometheus', uid: '${datasource}' },
  };
}

export type Sdk = Awaited<ReturnType<typeof loadSdk>>;
