using Spectre.Console;

namespace BcnnSim.Cli;

/// <summary>Progress of long work on standard error: a bar on a terminal, a plain line per quarter otherwise.</summary>
internal static class FrameProgress
{
    private const int Lines = 4;

    public static T Watch<T>(Session session, string title, int total, Func<IProgress<int>, T> work)
    {
        if (!session.Interactive)
        {
            session.Error.WriteLine($"{title}: {total} frames");
            return work(new PlainLines(session.Error, title, total));
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(session.Error) });
        return console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: total);
            return work(new Bar(task));
        });
    }

    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = value;
    }

    private sealed class PlainLines(TextWriter error, string title, int total) : IProgress<int>
    {
        private int written;

        public void Report(int value)
        {
            int quarter = (int)((long)Lines * value / total);
            if (quarter > written)
            {
                written = quarter;
                error.WriteLine($"{title}: {value} of {total} frames done");
            }
        }
    }
}
