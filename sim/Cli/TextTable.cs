using Spectre.Console;

namespace BcnnSim.Cli;

/// <summary>A plain table: text left, figures right, no colours, the same bytes on a terminal and in a file.</summary>
internal sealed class TextTable
{
    private const int Width = 2000;
    private readonly Table table = new() { Border = TableBorder.Simple, UseSafeBorder = false };

    /// <param name="columns">Headers; one that begins with '>' is a column of figures, aligned right.</param>
    public TextTable(params string[] columns)
    {
        foreach (string column in columns)
        {
            bool figures = column.StartsWith('>');
            TableColumn made = new(new Text(figures ? column[1..] : column)) { NoWrap = true };
            table.AddColumn(figures ? made.RightAligned() : made);
        }
    }

    public void Add(params string[] cells) => table.AddRow(cells.Select(c => new Text(c)));

    public void WriteTo(TextWriter output)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(table);
        foreach (string line in text.ToString().Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0))
        {
            output.WriteLine(line);
        }
    }
}
