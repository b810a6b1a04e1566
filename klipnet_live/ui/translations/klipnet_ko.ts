<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
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
        <source>&amp;Open video…</source>
        <translation>동영상 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Choose a &amp;region of the screen…</source>
        <translation>화면 영역 고르기(&amp;R)…</translation>
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
        <source>&amp;Clear the captions</source>
        <translation>자막 지우기(&amp;C)</translation>
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
        <source>Clicks go &amp;through the overlay</source>
        <translation>오버레이가 클릭을 통과시킴(&amp;T)</translation>
    </message>
    <message>
        <source>Overlay shows &amp;settled words only</source>
        <translation>오버레이에 확정된 말만 표시(&amp;S)</translation>
    </message>
    <message>
        <source>Captions &amp;only</source>
        <translation>자막만 보기(&amp;O)</translation>
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
</context>
<context>
    <name>BubbleDelegate</name>
    <message>
        <source>Caption text</source>
        <translation>자막 내용</translation>
    </message>
</context>
<context>
    <name>BubblePainter</name>
    <message>
        <source>unsure</source>
        <translation>불확실</translation>
    </message>
</context>
<context>
    <name>CaptionPanel</name>
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
        <source>↓ Jump to newest</source>
        <translation>↓ 최신 자막으로</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Name this speaker…</source>
        <translation>이 화자의 이름 정하기…</translation>
    </message>
    <message>
        <source>Change this speaker&apos;s colour…</source>
        <translation>이 화자의 색 바꾸기…</translation>
    </message>
</context>
<context>
    <name>CaptionsPage</name>
    <message>
        <source>Size of captions</source>
        <translation>자막 크기</translation>
    </message>
    <message>
        <source>Mark as unsure below</source>
        <translation>이보다 낮으면 불확실로 표시</translation>
    </message>
    <message>
        <source>&amp;Tell screen readers about finished lines</source>
        <translation>완성된 자막을 화면 낭독기에 알리기(&amp;T)</translation>
    </message>
</context>
<context>
    <name>ControlPanel</name>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>&amp;Source</source>
        <translation>입력(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Language read</source>
        <translation>읽을 언어(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>모델(&amp;M)</translation>
    </message>
    <message>
        <source>Language read</source>
        <translation>읽을 언어</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
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
    <name>GuideDialog</name>
    <message>
        <source>First steps</source>
        <translation>처음 시작 안내</translation>
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
    <name>LanguagePage</name>
    <message>
        <source>Welcome to KLipNet Live</source>
        <translation>KLipNet Live를 시작합니다</translation>
    </message>
    <message>
        <source>This app reads lips. It watches your camera or a part of your screen and writes what the people in view say, beside your video call.</source>
        <translation>입술을 읽어 자막을 쓰는 앱입니다. 카메라나 화면의 일부를 보고, 화상 회의 옆에서 화면 속 사람들이 하는 말을 자막으로 적습니다.</translation>
    </message>
    <message>
        <source>Language of the &amp;window</source>
        <translation>창의 언어(&amp;W)</translation>
    </message>
    <message>
        <source>Language that is &amp;read from the lips</source>
        <translation>입술에서 읽을 언어(&amp;R)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정에 따름</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>KLipNet Live</source>
        <translation>KLipNet Live</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Message</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>MouthView</name>
    <message>
        <source>No face in view yet</source>
        <translation>아직 얼굴이 보이지 않습니다</translation>
    </message>
    <message>
        <source>Your mouth as the reader sees it</source>
        <translation>판독기가 보는 내 입 모양</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>&amp;Show the caption overlay</source>
        <translation>자막 오버레이 표시(&amp;S)</translation>
    </message>
    <message>
        <source>Clicks go &amp;through it</source>
        <translation>클릭을 통과시킴(&amp;T)</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>표시할 말</translation>
    </message>
    <message>
        <source>As soon as they are read (fast)</source>
        <translation>읽는 즉시 (빠르게)</translation>
    </message>
    <message>
        <source>Only when they are settled (calm)</source>
        <translation>확정된 뒤에만 (차분하게)</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>줄 수</translation>
    </message>
    <message>
        <source>Korean characters a line</source>
        <translation>한 줄의 한글 글자 수</translation>
    </message>
    <message>
        <source>Latin characters a line</source>
        <translation>한 줄의 로마자 글자 수</translation>
    </message>
    <message>
        <source>Darkness behind the text</source>
        <translation>글자 배경의 진하기</translation>
    </message>
</context>
<context>
    <name>OverlayWindow</name>
    <message>
        <source>Captions appear here. Drag to move.</source>
        <translation>자막이 여기에 나타납니다. 끌어서 옮기세요.</translation>
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
    <name>PreviewView</name>
    <message>
        <source>No picture</source>
        <translation>영상 없음</translation>
    </message>
    <message>
        <source>Preview of the source</source>
        <translation>입력 미리보기</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Your pictures stay here</source>
        <translation>영상은 이 컴퓨터를 떠나지 않습니다</translation>
    </message>
    <message>
        <source>Everything is read on this computer. No picture, no word and no statistic is sent anywhere, and no picture is stored. Lip reading makes mistakes: captions can be wrong, above all for people it was not trained on, so do not rely on them where an error would do harm. Tell the people you read that you do.</source>
        <translation>모든 판독은 이 컴퓨터에서 이루어집니다. 영상도, 말도, 통계도 어디로도 보내지 않으며 영상은 저장하지 않습니다. 입술 읽기는 틀릴 수 있습니다. 특히 학습하지 않은 사람의 자막은 틀리기 쉬우니, 실수가 해가 될 수 있는 일에는 자막에 기대지 마세요. 입술을 읽는 상대에게는 읽고 있다고 알려 주세요.</translation>
    </message>
</context>
<context>
    <name>RegionVeil</name>
    <message>
        <source>Drag over the faces to be read. Arrow keys move, Shift and arrows resize, Enter takes the region, Escape leaves.</source>
        <translation>읽을 얼굴 위로 끌어 영역을 그리세요. 화살표 키로 옮기고 Shift+화살표로 크기를 바꾸며, Enter로 정하고 Esc로 취소합니다.</translation>
    </message>
    <message>
        <source>Choose a region of the screen</source>
        <translation>화면 영역 고르기</translation>
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
</context>
<context>
    <name>SourcePage</name>
    <message>
        <source>Choose what to watch</source>
        <translation>무엇을 볼지 고르세요</translation>
    </message>
    <message>
        <source>Your camera, a part of the screen, a window or a video.</source>
        <translation>카메라, 화면의 일부, 창 또는 동영상을 고를 수 있습니다.</translation>
    </message>
    <message>
        <source>Below is the mouth as the reader sees it. It should be sharp and evenly lit; light from the front helps most.</source>
        <translation>아래는 판독기가 보는 입 모양입니다. 또렷하고 고르게 밝아야 합니다. 앞에서 비추는 빛이 가장 좋습니다.</translation>
    </message>
</context>
<context>
    <name>SourcePicker</name>
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
    <message>
        <source>Source</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Whole screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>A region of the screen…</source>
        <translation>화면 영역…</translation>
    </message>
    <message>
        <source>Open video…</source>
        <translation>동영상 열기…</translation>
    </message>
    <message>
        <source>Demo video: {name}</source>
        <translation>데모 동영상: {name}</translation>
    </message>
    <message>
        <source>Region {region}</source>
        <translation>영역 {region}</translation>
    </message>
</context>
<context>
    <name>SpeakerBook</name>
    <message>
        <source>Speaker {id}</source>
        <translation>화자 {id}</translation>
    </message>
</context>
<context>
    <name>SpeakerDialogs</name>
    <message>
        <source>Name the speaker</source>
        <translation>화자 이름</translation>
    </message>
    <message>
        <source>Name of {speaker}:</source>
        <translation>{speaker}의 이름:</translation>
    </message>
    <message>
        <source>Colour of {speaker}</source>
        <translation>{speaker}의 색</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Stopped</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>{rate} frames/s</source>
        <translation>초당 {rate}프레임</translation>
    </message>
    <message>
        <source>{delay} ms delay</source>
        <translation>지연 {delay} ms</translation>
    </message>
    <message>
        <source>faces: {count}</source>
        <translation>얼굴 {count}</translation>
    </message>
    <message>
        <source>dropped: {count}</source>
        <translation>놓침 {count}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
</context>
<context>
    <name>WindowPage</name>
    <message>
        <source>Language of the window</source>
        <translation>창의 언어</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정에 따름</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
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
        <source>Size of all text</source>
        <translation>전체 글자 크기</translation>
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
    <name>errors</name>
    <message>
        <source>The source has ended: start it again, or choose another.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
