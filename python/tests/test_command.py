"""The wheel brings the command line tool."""

import signal
import subprocess
import sys
import time

import llm_prevalence as lp


def test_the_command_runs_and_has_the_version_of_the_package():
    found = subprocess.run([sys.executable, "-m", "llm_prevalence", "--version"], capture_output=True, text=True, check=True)
    assert found.stdout.split()[-1] == lp.__version__
    failed = subprocess.run([sys.executable, "-m", "llm_prevalence", "estimate"], capture_output=True, text=True)
    assert failed.returncode == 2 and "Usage" in failed.stderr


def test_control_c_ends_a_computation():
    # A job in the background of a script has the signal ignored.
    code = """
import signal
import llm_prevalence as lp
signal.signal(signal.SIGINT, signal.default_int_handler)
texts = [f"We prove it for {n}. It is new, and it holds for all {n} cases that we know." for n in range(400)]
print("ready", flush=True)
while True:
    lp.validate(texts, {"toy": texts[::-1]}, sizes="50", alphas="0,0.5", replicates=500)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=20) != 0
        finally:
            process.kill()
        assert "KeyboardInterrupt" in process.stderr.read()


def test_control_c_ends_the_command():
    # A job in the background of a script has the signal ignored.
    code = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from llm_prevalence._command import main
sys.exit(main())
"""
    command = [sys.executable, "-c", code, "words", "-", "--format", "jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            # More than a pipe holds, so that the command is reading once it is written.
            process.stdin.write(b'{"text": "We prove it.", "year": 2024}\n' * 20_000)
            process.stdin.flush()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == -signal.SIGINT
        finally:
            process.kill()
        assert b"Traceback" not in process.stderr.read()
