"""Words by the pre-tokenizer of BERT in Hugging Face tokenizers (lower case), of the texts of a JSON Lines file.

    hf_pretokenizer.py FILE.jsonl
"""

import json
import sys

from tokenizers.pre_tokenizers import BertPreTokenizer


def main() -> None:
    pre_tokenizer = BertPreTokenizer()
    n_words = 0
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            n_words += len(pre_tokenizer.pre_tokenize_str(json.loads(line)["text"].lower()))
    print(n_words)


if __name__ == "__main__":
    main()
