//! The works that a paper cites.

use super::page::Citation;
use crate::estimate::ToolSummary;

/// Returns the paper whose method this follows.
pub(super) fn liang() -> Citation {
    Citation {
        text: "W. Liang, Z. Izzo, Y. Zhang, H. Lepp, H. Cao, X. Zhao, L. Chen, H. Ye, S. Liu, Z. Huang, D. A. McFarland, J. Y. Zou. \
               Monitoring AI-Modified Content at Scale: A Case Study on the Impact of ChatGPT on AI Conference Peer Reviews. \
               ICML 2024. arXiv:2403.07183."
            .to_owned(),
        bibtex: "@inproceedings{liang2024monitoring,\n  title = {Monitoring {AI}-Modified Content at Scale: A Case Study on the Impact of {ChatGPT} on {AI} Conference Peer Reviews},\n  \
                 author = {Liang, Weixin and Izzo, Zachary and Zhang, Yaohui and Lepp, Haley and Cao, Hancheng and Zhao, Xuandong and \
                 Chen, Lingjiao and Ye, Haotian and Liu, Sheng and Huang, Zhi and McFarland, Daniel A. and Zou, James Y.},\n  \
                 booktitle = {Proceedings of the 41st International Conference on Machine Learning},\n  year = {2024},\n  \
                 eprint = {2403.07183},\n  archivePrefix = {arXiv}\n}"
            .to_owned(),
    }
}

/// Returns the paper that measured the excess of words.
pub(super) fn kobak() -> Citation {
    Citation {
        text: "D. Kobak, R. González-Márquez, E.-Á. Horvát, J. Lause. Delving into LLM-assisted writing in biomedical publications \
               through excess vocabulary. Science Advances 11, eadt3813 (2025)."
            .to_owned(),
        bibtex: "@article{kobak2025delving,\n  title = {Delving into {LLM}-assisted writing in biomedical publications through excess vocabulary},\n  \
                 author = {Kobak, Dmitry and González-Márquez, Rita and Horvát, Emőke-Ágnes and Lause, Jan},\n  \
                 journal = {Science Advances},\n  volume = {11},\n  pages = {eadt3813},\n  year = {2025}\n}"
            .to_owned(),
    }
}

/// Returns this tool, in its version.
pub(super) fn this(tool: &ToolSummary) -> Citation {
    let (name, version) = (tool.name, tool.version);
    Citation {
        text: format!("{name}, version {version} (computer program)."),
        bibtex: format!("@software{{llm_prevalence,\n  title = {{{name}}},\n  version = {{{version}}}\n}}"),
    }
}
