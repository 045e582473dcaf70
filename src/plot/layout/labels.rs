//! Names at the right end of the lines, as near to them as possible without touching each other.

/// Returns places for labels of height `height` near `wanted`, between `low` and `high`; in the order of `wanted`.
///
/// Labels that would touch become a block around the mean of their members' wanted places, so the places are those with the
/// least sum of squared shifts.
pub(super) fn apart(wanted: &[f64], height: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    // Of each block how many, and where its first member wants to be when all stand one under another.
    let mut blocks: Vec<(usize, f64)> = Vec::new();
    let kept = |n: usize, start: f64| start.min(high - height * (n as f64 - 1.0)).max(low);
    for &number in &order {
        let (mut n, mut start) = (1, kept(1, wanted[number]));
        while let Some(&(n_before, before)) = blocks.last() {
            if before + height * n_before as f64 <= start {
                break;
            }
            blocks.pop();
            let mean =
                (before * n_before as f64 + (start - height * n_before as f64) * n as f64) / (n_before + n) as f64;
            n += n_before;
            start = kept(n, mean);
        }
        blocks.push((n, start));
    }
    let places = blocks.iter().flat_map(|&(n, start)| (0..n).map(move |at| start + height * at as f64));
    let mut result = vec![0.0; wanted.len()];
    order.iter().zip(places).for_each(|(&number, place)| result[number] = place);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stay_where_they_want_to_be_unless_they_would_touch() {
        assert_eq!(apart(&[50.0, 10.0], 8.0, 0.0, 100.0), [50.0, 10.0]);
        assert_eq!(apart(&[50.0, 50.0], 8.0, 0.0, 100.0), [46.0, 54.0]);
        assert_eq!(apart(&[0.0, 1.0, 2.0], 8.0, 0.0, 100.0), [0.0, 8.0, 16.0]);
        let wanted: Vec<f64> = (0..12).map(|number| f64::from(number * number % 7) * 3.0).collect();
        let mut places = apart(&wanted, 8.0, 0.0, 88.0);
        places.sort_by(f64::total_cmp);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 8.0 - 1e-9), "{places:?}");
        assert!(places[0] >= 0.0 && places[11] <= 88.0 + 1e-9, "{places:?}");
    }
}
