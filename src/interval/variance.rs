//! experimental
use super::evidence::{Evidence, Map};
use crate::reference::Calibration;

pub struct Model<'a> {
    pub c: &'a Calibration,
    pub map: Map,
    f0: Vec<f64>,
    f1: Vec<f64>,
    w: Vec<f64>,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct At {
    pub mean: f64,      // mean score
    pub info: f64,      // mean squared score
    pub emp: f64,       // clustered variance of the mean, empirical
    pub model: f64,     // clustered variance of mean, reference-based
    pub reference: f64, // from reference
    pub delta: f64,
}

impl<'a> Model<'a> {
    pub fn new(c: &'a Calibration, map: Map) -> Self {
        let h = &c.histogram;
        let (f0, f1) = (h.human.shares(), h.llm.shares());
        let w = (0..h.n_bins())
            .map(|b| match map {
                Map::Histogram => f1[b] / f0[b] - 1.0,
                Map::Logistic => {
                    let (n0, n1) = (h.human.n_units[b] as f64, h.llm.n_units[b] as f64);
                    let m = (n0 * h.human.mean_score[b] + n1 * h.llm.mean_score[b]) / (n0 + n1).max(1.0);
                    c.logistic.log_ratio(m).exp_m1()
                }
            })
            .collect();
        Model { c, map, f0, f1, w }
    }

    /// (unit variance human, llm, pair cov human, llm, delta)
    fn pieces(&self, alpha: f64) -> ([f64; 2], [f64; 2], f64, f64) {
        let s: Vec<f64> = self.w.iter().map(|w| w / (1.0 + alpha * w)).collect();
        let h = &self.c.histogram;
        let mut v = [0.0; 2];
        let mut beta = [0.0; 2];
        let mut m = [0.0; 2];
        for (i, (f, bins)) in [(&self.f0, &h.human), (&self.f1, &h.llm)].into_iter().enumerate() {
            m[i] = f.iter().zip(&s).map(|(f, s)| f * s).sum();
            v[i] = f.iter().zip(&s).map(|(f, s)| f * s * s).sum::<f64>() - m[i] * m[i];
            let pairs = bins.sum_squared_sizes as f64 - bins.total();
            beta[i] = if pairs > 0.0 { ((bins.scatter_of(&s) - bins.total() * v[i]) / pairs).max(0.0) } else { 0.0 };
        }
        (v, beta, m[1] - m[0], 0.0)
    }

    pub fn at(&self, e: &Evidence, alpha: f64, rho: f64) -> At {
        let n = e.excess.len() as f64;
        let mut mean = 0.0;
        let mut info = 0.0;
        for w in &e.excess {
            let s = w / (1.0 + alpha * w);
            mean += s;
            info += s * s;
        }
        mean /= n;
        info /= n;
        let (mut emp, mut nd, mut pairs) = (0.0, 0.0, 0.0);
        for d in e.documents() {
            let m = d.len() as f64;
            if m == 0.0 { continue; }
            let sum: f64 = e.excess[d].iter().map(|w| w / (1.0 + alpha * w)).sum();
            emp += (sum - m * mean).powi(2);
            nd += 1.0;
            pairs += m * (m - 1.0);
        }
        emp *= nd / (nd - 1.0_f64).max(1.0) / (n * n);
        let (v, beta, delta, _) = self.pieces(alpha);
        let unit = (1.0 - alpha) * v[0] + alpha * v[1] + alpha * (1.0 - alpha) * delta * delta;
        let pair = (1.0 - alpha) * beta[0] + alpha * beta[1] + rho * alpha * (1.0 - alpha) * delta * delta;
        let model = (n * unit + pairs * pair) / (n * n);
        let reference = self.reference(e, alpha);
        At { mean, info, emp, model, reference, delta }
    }

    /// document-cluster share of LLM status, with a prior of kappa documents
    pub fn rho(&self, e: &Evidence, alpha: f64, kappa: f64) -> f64 {
        let (_, beta, delta, _) = self.pieces(alpha);
        let (mut c, mut pairs, mut nd) = (0.0, 0.0, 0.0);
        for d in e.documents() {
            let m = d.len() as f64;
            let (mut s1, mut s2) = (0.0, 0.0);
            for w in &e.excess[d] {
                let s = w / (1.0 + alpha * w);
                s1 += s;
                s2 += s * s;
            }
            c += s1 * s1 - s2;
            pairs += m * (m - 1.0);
            nd += 1.0;
        }
        let mix = alpha * (1.0 - alpha);
        let k = nd * alpha.min(1.0 - alpha);
        if mix <= 0.0 || pairs <= 0.0 { return 1.0; }
        let raw = (c / pairs - (1.0 - alpha) * beta[0] - alpha * beta[1]) / (mix * delta * delta);
        (k * raw.clamp(0.0, 1.0) + kappa) / (k + kappa)
    }

    fn reference(&self, e: &Evidence, alpha: f64) -> f64 {
        let h = &self.c.histogram;
        match self.map {
            Map::Histogram => {
                // model-based: target shares are those of the mixture at alpha
                let f = |b: usize| (1.0 - alpha) * self.f0[b] + alpha * self.f1[b];
                let g0: Vec<f64> = (0..self.f0.len()).map(|b| self.f1[b] / f(b)).collect();
                let g1: Vec<f64> = (0..self.f0.len()).map(|b| self.f0[b] / f(b)).collect();
                let c = |x: &[f64], f: &[f64]| {
                    let m: f64 = x.iter().zip(f).map(|(x, f)| x * f).sum();
                    x.iter().map(|x| x - m).collect::<Vec<_>>()
                };
                h.human.scatter_of(&c(&g0, &self.f0)) / h.human.total().powi(2)
                    + h.llm.scatter_of(&c(&g1, &self.f1)) / h.llm.total().powi(2)
            }
            Map::Logistic => {
                let mut g = [0.0; 2];
                for (w, s) in e.excess.iter().zip(&e.scores) {
                    let d = (1.0 + w) / (1.0 + alpha * w).powi(2);
                    g[0] += d * s;
                    g[1] += d;
                }
                let n = e.excess.len() as f64;
                self.c.logistic.variance([g[0] / n, g[1] / n])
            }
        }
    }
}
